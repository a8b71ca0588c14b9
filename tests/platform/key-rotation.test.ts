import { setTimeout as sleep } from 'node:timers/promises';
import { expectStatus } from '@muster/demo';
import { describe, expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { checkIn, newPeople, type Person } from '../src/people.ts';
import { world } from '../src/world.ts';

interface Keys {
  keys: { kid: string; state: string; signsFrom: string; createdAt: string }[];
}

const kidOf = (token: string): string => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;

async function keys(): Promise<Keys['keys']> {
  const { api, adminToken } = await world();
  return expectStatus(await api.call<Keys>('GET', '/api/auth/keys', { token: adminToken(), patience: 20 }), 200).keys;
}

/** As an operator of a cluster does it: from outside, with an administrator's password. */
async function asOperator(args: string[]): Promise<{ exitCode: number; output: string }> {
  const { cli, platform, admin } = await world();
  const env = {
    MUSTER_URL: platform.urls.platform,
    MUSTER_ADMIN_EMAIL: admin.email,
    MUSTER_ADMIN_PASSWORD: admin.password,
  };
  return cli(args, env);
}

describe('a rotation of the signing key', () => {
  it('by command, while people check in: no token is refused, by any service', async () => {
    const { api } = await world();
    const people = await newPeople(4);
    const refusals: unknown[] = [];
    const kids = new Set<string>();
    let rounds = 0;
    let going = true;
    // In and out, and whatever else asks another service who they are; each takes a new token now and then.
    const work = async (person: Person): Promise<void> => {
      const note = (what: string, { status, body }: { status: number; body: unknown }): void => {
        if (status === 401) refusals.push([what, kidOf(person.token), body]);
      };
      for (let round = 0; going; round += 1) {
        note('check-in', await checkIn(person));
        note('check-out', await api.call('POST', '/api/attendance/check-out', { token: person.token, body: {} }));
        note('notifications', await api.call('GET', '/api/notifications', { token: person.token }));
        note('employees', await api.call('GET', '/api/employees?limit=1', { token: person.token }));
        note('sessions', await api.call('GET', '/api/auth/sessions', { token: person.token }));
        if (round % 4 === 0) {
          const body = { refreshToken: person.refreshToken };
          const answer = await api.call<{ accessToken: string; refreshToken: string }>('POST', '/api/auth/refresh', {
            body,
            patience: 20,
          });
          const fresh = expectStatus(answer, 200);
          Object.assign(person, { token: fresh.accessToken, refreshToken: fresh.refreshToken });
          kids.add(kidOf(person.token));
        }
        rounds += 1;
        await sleep(100);
      }
    };
    const shift = Promise.all(people.map(work));
    try {
      const [old] = await keys();
      const rotated = await asOperator(['rotate-keys']);
      expect(rotated).toMatchObject({ exitCode: 0, output: expect.stringContaining('signs from') });
      expect((await asOperator(['rotate-keys'])).output).toContain('on its way');
      const [announced] = await keys();
      expect([announced?.state, announced?.kid === old?.kid]).toEqual(['announced', false]);
      await eventually('tokens are signed by the new key', async () => kids.has(announced?.kid ?? ''), 150_000);
      expect(Temporal.Instant.compare(Temporal.Now.instant(), announced?.signsFrom ?? '')).toBeGreaterThanOrEqual(0);
      // Tokens of both keys are under way now: everybody goes on for a while.
      const from = rounds;
      await eventually('everybody went on', async () => rounds >= from + 40);
      expect((await asOperator(['rotate-keys', '--list'])).output).toMatch(/ {2}signs\n.* {2}verifies until /);
    } finally {
      going = false;
      await shift;
    }
    expect(refusals).toEqual([]);
    expect(kids.size).toBe(2);
  });

  it('by schedule: Dapr holds a job for the day it is due, calls it, and holds the next one', async () => {
    const { platform, superuser } = await world();
    const { dapr: token } = platform.tokens.auth ?? { dapr: '' };
    const url = `${platform.sidecarUrl('auth')}/v1.0/jobs/rotate-keys`;
    const dueTime = async (): Promise<string | undefined> => {
      const answer = await fetch(url, { headers: { 'dapr-api-token': token } });
      return answer.ok ? ((await answer.json()) as { dueTime?: string }).dueTime : undefined;
    };
    const inAMonth = (instant: string): string =>
      Temporal.Instant.from(instant)
        .add({ hours: 30 * 24 })
        .round({ smallestUnit: 'second', roundingMode: 'ceil' })
        .toString();

    const [newest] = await keys();
    await eventually('the job is registered', async () => (await dueTime()) === inAMonth(newest?.createdAt ?? ''));

    // A month goes by in the database; the job comes at the time it is then given. The sweep would wait ten minutes more.
    await superuser('auth')`
      update signing_keys set created_at = now() - interval '720 hours 1 minute', signs_from = now() - interval '1 minute'
      where kid = ${newest?.kid ?? ''}`;
    const job = { dueTime: '1s', overwrite: true, data: {} };
    const headers = { 'content-type': 'application/json', 'dapr-api-token': token };
    expect((await fetch(url, { method: 'POST', headers, body: JSON.stringify(job) })).status).toBe(204);
    const next = await eventually('the job has run', async () => {
      const [first] = await keys();
      return first?.state === 'announced' && first.kid !== newest?.kid ? first : undefined;
    });
    await eventually('the next one is registered', async () => (await dueTime()) === inAMonth(next.createdAt));
    const { api, adminToken } = await world();
    const audited = await eventually('it is audited', async () => {
      const path = '/api/audit-logs?eventType=auth.signing-key-rotated&limit=100';
      const { body } = await api.call<{ data: { data: { kid: string } }[] }>('GET', path, { token: adminToken() });
      return body.data.find(({ data }) => data.kid === next.kid);
    });
    expect(audited).toMatchObject({ data: { actor: { role: 'system' } } });
  });

  it('is asked for by nobody but the sidecar', async () => {
    const { platform, api } = await world();
    const direct = `${platform.urls.services.auth}/job/rotate-keys`;
    const { gateway, auth } = platform.tokens;
    for (const token of [undefined, gateway?.app, auth?.dapr]) {
      const headers = token === undefined ? {} : { 'dapr-api-token': token };
      expect((await fetch(direct, { method: 'POST', headers })).status).toBe(403);
    }
    expect((await api.call('POST', '/job/rotate-keys', { body: {} })).status).toBe(404);
  });
});
