import type { Session } from '@muster/contracts/http/auth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admin, type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const refresh = (refreshToken: string) => h.call('POST', '/api/auth/refresh', { body: { refreshToken } });
const profile = (token: string) => h.call('GET', '/api/auth/profile', { token });
let people = 0;
const begin = (): Promise<Session> => h.register(`person${++people}`);

describe('refresh', () => {
  test('rotates: both tokens are new, the session is the same', async () => {
    const first = await begin();
    h.pass({ seconds: 60 });
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect(second.body.user).toEqual(first.user);
    expect((await profile(second.body.accessToken)).status).toBe(200);
    const sessions = await h.sql`select id from sessions where user_id = ${first.user.id}`;
    expect(sessions).toHaveLength(1);
  });

  test('twenty tabs at once all get a working session, and one live token among them', async () => {
    // Again and again: one round may by chance be over before the second tab has begun.
    for (let round = 0; round < 5; round++) {
      const { refreshToken, user } = await begin();
      await h.warm();
      const tabs = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
      expect(tabs.map(({ status }) => status)).toEqual(Array(20).fill(200));
      expect(new Set(tabs.map(({ body }) => body.refreshToken)).size).toBe(1);
      for (const { body } of tabs) expect((await profile(body.accessToken)).status).toBe(200);
      const live = await h.sql`
        select 1 from refresh_tokens t join sessions s on s.id = t.session_id
        where s.user_id = ${user.id} and t.rotated_at is null
      `;
      expect(live).toHaveLength(1);
      expect((await refresh(tabs[7]?.body.refreshToken)).status).toBe(200);
    }
  });

  test('a late tab within 10 s is served, after that the whole family ends', async () => {
    const first = await begin();
    const second = (await refresh(first.refreshToken)).body as Session;
    h.pass({ seconds: 10 });
    expect((await refresh(first.refreshToken)).body.refreshToken).toBe(second.refreshToken);
    h.pass({ milliseconds: 1 });
    const stolen = await refresh(first.refreshToken);
    expect([stolen.status, stolen.body.code]).toEqual([401, 'refresh_reused']);
    const owner = await refresh(second.refreshToken);
    expect([owner.status, owner.body.code]).toEqual([401, 'refresh_reused']);
    expect((await profile(second.accessToken)).status).toBe(401);
    const told = (await h.events('auth.session-revoked.v1')).filter(({ data }) => data.userId === first.user.id);
    expect(told.map(({ data }) => data.reason)).toEqual(['refresh-reused']);
  });

  test('reuse ends that session only', async () => {
    const first = await begin();
    const other = await h.login({ email: first.user.email, password });
    await refresh(first.refreshToken);
    h.pass({ seconds: 11 });
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(other.refreshToken)).status).toBe(200);
  });

  test('slides by 7 days and ends after 90, however busy', async () => {
    const idle = await begin();
    let busy = await begin();
    h.pass({ hours: 7 * 24 });
    expect((await refresh(idle.refreshToken)).body.code).toBe('invalid_token');
    busy = await h.login({ email: busy.user.email, password });
    const started = h.now();
    for (;;) {
      h.pass({ hours: 6 * 24 });
      const answer = await refresh(busy.refreshToken);
      const days = h.now().since(started, { largestUnit: 'hour' }).hours / 24;
      expect(answer.status).toBe(days < 90 ? 200 : 401);
      if (answer.status === 401) break;
      busy = answer.body;
    }
  });

  test('ends with the session, and with the account', async () => {
    const out = await begin();
    await h.call('POST', '/api/auth/logout', { token: out.accessToken });
    expect((await refresh(out.refreshToken)).body.code).toBe('invalid_token');
    const off = await begin();
    const { accessToken } = await h.login(admin);
    await h.call('PATCH', `/api/users/${off.user.id}`, { body: { active: false }, token: accessToken });
    expect((await refresh(off.refreshToken)).status).toBe(401);
  });

  test('a changed role is in the next access token', async () => {
    const { refreshToken, user } = await begin();
    const { accessToken } = await h.login(admin);
    await h.call('PATCH', `/api/users/${user.id}`, { body: { role: 'hr' }, token: accessToken });
    const answer = await refresh(refreshToken);
    expect((await h.call('GET', '/api/auth/validate', { token: answer.body.accessToken })).body.user.role).toBe('hr');
  });

  test.each([
    ['garbage', 'nonsense', 401, 'invalid_token'],
    ['NUL', 'a\u0000b', 401, 'invalid_token'],
    ['an empty token', '', 400, 'invalid_input'],
    ['far too long a token', 'x'.repeat(300), 400, 'invalid_input'],
  ])('refuses %s', async (_what, token, status, code) => {
    const answer = await refresh(token);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('the database holds no refresh token, only hashes of it', async () => {
    const first = await begin();
    const second = await refresh(first.refreshToken);
    const dump = JSON.stringify(await h.sql`select t::text as row from refresh_tokens t`);
    for (const token of [first.refreshToken, second.body.refreshToken as string]) {
      expect(dump).not.toContain(token);
      expect(dump).not.toContain(Buffer.from(token).toString('hex'));
    }
  });
});
