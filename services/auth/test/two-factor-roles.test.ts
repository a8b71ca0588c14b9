import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admin, type Harness, startHarness } from './support/harness.ts';
import { registerWithPasskey } from './support/passkeys.ts';
import { codeAt, registerWithTotp } from './support/totp.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness({ settings: { rolesWithTotp: ['admin', 'hr'] } });
});
afterAll(() => h.stop());

const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body?.code];
const refresh = async (refreshToken: string) =>
  (await h.call('POST', '/api/auth/refresh', { body: { refreshToken } })).body;
const setUp = async (token: string): Promise<string> => {
  const { secret } = (await h.call('POST', '/api/auth/2fa/setup', { token })).body;
  const enabled = await h.call('POST', '/api/auth/2fa/enable', { token, body: { totp: codeAt(h, secret) } });
  expect(enabled.status).toBe(200);
  return secret;
};

describe('a role that needs two-factor sign-in', () => {
  test('gets a session that only sets it up, and a full one by refreshing it', async () => {
    const limited = await h.login(admin);
    expect(limited.limitedTo).toBe('two-factor-setup');
    const { accessToken: token, refreshToken } = limited;
    for (const path of ['/api/users', '/api/auth/profile', '/api/auth/sessions', '/api/auth/passkeys'])
      expect(codeOf(await h.call('GET', path, { token }))).toEqual([401, 'unauthenticated']);
    await expect(h.verifier.verify(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await h.call('GET', '/api/auth/2fa', { token })).body.totp).toBe(false);
    // Refreshing alone is no way round.
    const still = await refresh(refreshToken);
    expect(still.limitedTo).toBe('two-factor-setup');

    const secret = await setUp(still.accessToken);
    const full = await refresh(still.refreshToken);
    expect(full.limitedTo).toBeUndefined();
    expect((await h.call('GET', '/api/users', { token: full.accessToken })).status).toBe(200);
    h.pass({ seconds: 30 });
    const again = await h.call('POST', '/api/auth/login', { body: { ...admin, totp: codeAt(h, secret) } });
    expect([again.status, again.body.limitedTo]).toEqual([200, undefined]);

    h.pass({ seconds: 30 });
    const body = { password: admin.password, totp: codeAt(h, secret) };
    const off = await h.call('POST', '/api/auth/2fa/disable', { token: full.accessToken, body });
    expect(codeOf(off)).toEqual([403, 'forbidden']);
    expect((await h.call('GET', '/api/auth/2fa', { token: full.accessToken })).body.totp).toBe(true);
  });

  test('leaves the others alone until they get that role', async () => {
    const { accessToken, refreshToken, user, limitedTo } = await h.register('eve');
    expect(limitedTo).toBeUndefined();
    expect((await h.call('GET', '/api/auth/profile', { token: accessToken })).status).toBe(200);
    await h.sql`update users set role = 'hr' where id = ${user.id}`;
    expect((await refresh(refreshToken)).limitedTo).toBe('two-factor-setup');
  });

  test('is not satisfied by a passkey, beside which the password alone would open the account', async () => {
    const { user, login } = await registerWithPasskey(h, 'fay');
    await h.sql`update users set role = 'hr' where id = ${user.id}`;
    expect((await login()).body.limitedTo).toBe('two-factor-setup');
  });

  test('asks nothing more of who has it already', async () => {
    const { user, login, code } = await registerWithTotp(h, 'gil');
    await h.sql`update users set role = 'hr' where id = ${user.id}`;
    expect((await login({ totp: code() })).body.limitedTo).toBeUndefined();
  });
});

test('a session that only sets up ends like any other', async () => {
  const { user } = await h.register('hal');
  await h.sql`update users set role = 'hr' where id = ${user.id}`;
  const { accessToken: token } = await h.login({ email: 'hal@example.org', password: 'correct horse battery' });
  expect((await h.call('GET', '/api/auth/2fa', { token })).status).toBe(200);
  await h.sql`update sessions set revoked_at = ${h.now().toString()}, revoke_reason = 'test' where user_id = ${user.id}`;
  await h.deps.revocations.reload();
  expect((await h.call('GET', '/api/auth/2fa', { token })).status).toBe(401);
});
