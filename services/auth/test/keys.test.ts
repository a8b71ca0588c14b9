import type { Session } from '@muster/contracts/http/auth';
import { createVerifier } from '@muster/identity';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKeySchedule } from '../src/jobs/key-schedule.ts';
import { purgeEnded } from '../src/verbs/purge-ended.ts';
import { rotateKeysIfDue } from '../src/verbs/rotate-keys.ts';
import { admin, type Harness, startHarness } from './support/harness.ts';

let h: Harness;
beforeEach(async () => {
  h = await startHarness();
});
afterEach(() => h.stop());

const adminToken = async (): Promise<string> => (await h.login(admin)).accessToken;
const rotate = async () => h.call('POST', '/api/auth/keys/rotate', { token: await adminToken() });
const states = async (): Promise<string[]> =>
  (await h.call('GET', '/api/auth/keys', { token: await adminToken() })).body.keys.map(
    ({ state }: { state: string }) => state,
  );
const published = async (): Promise<string[]> =>
  (await h.call('GET', '/api/auth/.well-known/jwks.json')).body.keys.map(({ kid }: { kid: string }) => kid);
const kidOf = (token: string): string => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;

describe('a rotation', () => {
  test('publishes the new key first, lets it sign later, and keeps the old one until its last token has ended', async () => {
    const [old] = await published();
    const answer = await rotate();
    expect([answer.status, answer.body.made]).toEqual([200, true]);
    expect(answer.body.keys).toMatchObject([
      { state: 'announced', signsFrom: h.now().add({ seconds: 300 }).toString(), expiresAt: null },
      // Five minutes of signing, fifteen of the last token, one for clocks that differ.
      {
        state: 'signing',
        kid: old,
        expiresAt: h
          .now()
          .add({ seconds: 300 + 900 + 60 })
          .toString(),
      },
    ]);
    expect(await published()).toHaveLength(2);
    expect((await rotate()).body.made).toBe(false);

    h.pass({ seconds: 299 });
    const last = await h.register('last');
    expect(kidOf(last.accessToken)).toBe(old);
    h.pass({ seconds: 1 });
    expect(kidOf((await h.register('first')).accessToken)).not.toBe(old);
    expect(await states()).toEqual(['signing', 'retired']);
    h.pass({ seconds: 898 });
    expect((await h.call('GET', '/api/auth/profile', { token: last.accessToken })).status).toBe(200);
    h.pass({ seconds: 62 });
    expect(await published()).not.toContain(old);
  });

  test('is told, names no secret, and is the administrators’ alone', async () => {
    await rotate();
    const [event] = await h.events('auth.signing-key-rotated.v1');
    expect(event?.data).toMatchObject({ actor: { role: 'admin' }, kid: (await published())[0] });
    expect(Object.keys(event?.data ?? {}).sort()).toEqual(['actor', 'id', 'kid', 'occurredAt', 'signsFrom', 'version']);
    const { accessToken: token } = await h.register('nosy');
    for (const [method, path] of [
      ['POST', '/api/auth/keys/rotate'],
      ['GET', '/api/auth/keys'],
    ] as const) {
      expect((await h.call(method, path, { token })).status).toBe(403);
      expect((await h.call(method, path)).status).toBe(401);
    }
  });

  test('asked for by many processes at once is one', async () => {
    const token = await adminToken();
    await h.warm();
    const others = Array.from({ length: 8 }, () => h.beside());
    const answers = await Promise.all(others.map(({ call }) => call('POST', '/api/auth/keys/rotate', { token })));
    expect(answers.filter(({ body }) => body.made)).toHaveLength(1);
    expect(await published()).toHaveLength(2);
  });

  test('keeps a key for tokens of a time when they lived longer, and their revocation known', async () => {
    const before = h.beside({ accessTokenSeconds: 3600 });
    const body = { email: 'long@example.org', password: 'correct horse battery', name: 'long' };
    const { accessToken } = (await before.call('POST', '/api/auth/register', { body })).body as Session;
    const gone = (
      await before.call('POST', '/api/auth/login', { body: { email: body.email, password: body.password } })
    ).body as Session;
    await h.call('POST', '/api/auth/logout', { token: gone.accessToken });
    await rotate();
    h.pass({ seconds: 3599 });
    await h.verifier.reloadKeys();
    await h.deps.revocations.reload();
    expect((await h.call('GET', '/api/auth/profile', { token: accessToken })).status).toBe(200);
    expect((await h.call('GET', '/api/auth/profile', { token: gone.accessToken })).status).toBe(401);
  });

  test('ends a withdrawn key within one reload, remembered tokens too', async () => {
    const { accessToken: token } = await h.register('ann');
    await h.call('GET', '/api/auth/profile', { token });
    await h.sql`delete from signing_keys`;
    await h.verifier.reloadKeys();
    expect((await h.call('GET', '/api/auth/profile', { token })).status).toBe(401);
    h.pass({ seconds: 20 });
    const again = await h.login({ email: 'ann@example.org', password: 'correct horse battery' });
    await h.verifier.reloadKeys();
    expect((await h.call('GET', '/api/auth/profile', { token: again.accessToken })).status).toBe(200);
  });

  test('leaves no private key behind that verifies nothing', async () => {
    await rotate();
    h.pass({ hours: 72 });
    await purgeEnded(h.deps);
    expect(await h.sql`select 1 from signing_keys`).toHaveLength(1);
  });
});

describe('under continuous use', () => {
  /** As another service has it: its own cache, fed by auth's route; `poll` is what runs every 15 s. */
  const service = (call: Harness['call']) => {
    const asked = { count: 0 };
    const verifier = createVerifier({
      issuer: h.deps.settings.issuer,
      audience: h.deps.settings.audience,
      clock: h.deps.clock,
      jwks: async () => {
        asked.count += 1;
        return (await call('GET', '/api/auth/.well-known/jwks.json')).body.keys;
      },
    });
    return { verifier, asked };
  };
  const flood = () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = part({ alg: 'ES256', kid: crypto.randomUUID(), typ: 'at+jwt' });
    return `${head}.${part({})}.${Buffer.alloc(64, 1).toString('base64url')}`;
  };

  test('no token is refused by any of two verifiers, though somebody floods them with invented kids', async () => {
    const processes = [h, h.beside()];
    const services = processes.map(({ call }) => service(call));
    let sessions = await Promise.all(['ann', 'bob'].map((name) => h.register(name)));
    let tokens: { text: string; expires: number }[] = [];
    const seen = new Set<string>();
    // Fifty minutes, five seconds a step: through announcement, change and the old key's end, and on to the next.
    for (let step = 0; step < 600; step++) {
      if (step % 3 === 0) await Promise.all(services.map(({ verifier }) => verifier.reloadKeys()));
      for (const { verifier } of services) await verifier.verify(flood()).catch(() => undefined);
      // Just before tokens are issued, and after the flood has used up the verifiers' own asking.
      if (step === 30 || step === 330) expect((await rotate()).body.made).toBe(true);
      if (step % 10 === 0) {
        const auth = processes[(step / 10) % 2] as Harness;
        sessions = await Promise.all(
          sessions.map(async ({ refreshToken }) => {
            const answer = await auth.call('POST', '/api/auth/refresh', { body: { refreshToken } });
            expect(answer.status).toBe(200);
            return answer.body as Session;
          }),
        );
        const expires = h.now().epochMilliseconds / 1000 + 900;
        tokens.push(...sessions.map(({ accessToken: text }) => ({ text, expires })));
      }
      tokens = tokens.filter(({ expires }) => expires > h.now().epochMilliseconds / 1000);
      for (const { text } of tokens) {
        seen.add(kidOf(text));
        for (const { verifier } of services) await verifier.verify(text);
      }
      h.pass({ seconds: 5 });
    }
    expect(seen.size).toBe(3);
    expect(await published()).toHaveLength(1);
    // Regularly every 15 s, and for the flood every 5 s at most.
    for (const { asked } of services) expect(asked.count).toBeLessThanOrEqual(200 + 600);
  });
});

describe('by schedule', () => {
  const month = { hours: 30 * 24 };

  test('a job is registered for the day it is due, runs, and the next one is registered', async () => {
    const jobs: { name: string; dueAt: string }[] = [];
    const sidecar = {
      schedule: async ({ name, dueAt }: { name: string; dueAt: Temporal.Instant }) =>
        void jobs.push({ name, dueAt: dueAt.toString() }),
    };
    const schedule = createKeySchedule(h.deps, sidecar);
    const due = h.now().add(month);
    await schedule.keep();
    await schedule.keep();
    expect(jobs).toEqual([{ name: 'rotate-keys', dueAt: due.toString() }]);
    await schedule.jobs['rotate-keys']?.();
    expect(await published()).toHaveLength(1);
    h.pass(month);
    await schedule.jobs['rotate-keys']?.();
    await schedule.jobs['rotate-keys']?.();
    expect(await published()).toHaveLength(2);
    expect(jobs.slice(1)).toEqual([{ name: 'rotate-keys', dueAt: due.add(month).toString() }]);
    const [event] = await h.events('auth.signing-key-rotated.v1');
    expect(event?.data).toMatchObject({ actor: { role: 'system' } });
  });

  test('a job that never came is done by the sweep, and a scheduler that is away is asked again', async () => {
    let away = true;
    const jobs: string[] = [];
    const sidecar = {
      schedule: async ({ dueAt }: { dueAt: Temporal.Instant }) => {
        if (away) throw new Error('the scheduler is away');
        jobs.push(dueAt.toString());
      },
    };
    const schedule = createKeySchedule(h.deps, sidecar);
    await expect(schedule.keep()).rejects.toThrow('away');
    away = false;
    await schedule.keep();
    expect(jobs).toHaveLength(1);
    h.pass(month);
    await schedule.keep();
    expect(await published()).toHaveLength(1);
    h.pass({ minutes: 11 });
    await schedule.keep();
    expect(await published()).toHaveLength(2);
    expect(jobs).toHaveLength(2);
  });

  test('is done once by many processes', async () => {
    h.pass(month);
    await h.warm();
    const made = await Promise.all(Array.from({ length: 6 }, () => rotateKeysIfDue(h.beside().deps)));
    expect(made.filter(Boolean)).toHaveLength(1);
  });
});
