import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signAccessToken } from '@muster/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const profile = (token?: string) => h.call('GET', '/api/auth/profile', token === undefined ? {} : { token });

describe('an access token', () => {
  const sign = async (change: object, otherKey?: KeyObject, otherKid?: string) => {
    const own = await h.deps.keys.signing();
    const { user } = await h.login({ email: 'token@example.org', password });
    const iat = Math.floor(h.now().epochMilliseconds / 1000);
    const claims = {
      iss: 'https://muster.local',
      aud: 'muster',
      sub: user.id,
      sid: user.id,
      ver: 1,
      iat,
      exp: iat + 900,
    };
    const { role, name, email } = user;
    return signAccessToken(
      { ...claims, role, name, email, ...change },
      otherKey ?? own.privateKey,
      otherKid ?? own.kid,
    );
  };
  beforeAll(() => h.register('token'));

  test('of ours is good', async () => {
    expect((await profile(await sign({}))).status).toBe(200);
  });

  test.each([
    ['another audience', { aud: 'other' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['a past end', { exp: 1_700_000_000 }],
    ['a begin in the future', { iat: 4_000_000_000, exp: 4_000_000_900 }],
  ])('with %s is refused', async (_what, change) => {
    expect((await profile(await sign(change))).status).toBe(401);
  });

  test('signed by another key, or of no kind of ours, is refused', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect((await profile(await sign({}, privateKey))).status).toBe(401);
    expect((await profile(await sign({}, undefined, 'unknown'))).status).toBe(401);
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    const [, payload] = (await sign({})).split('.');
    expect((await profile(`${none}.${payload}.`)).status).toBe(401);
  });

  test('missing or garbage is a 401 with a challenge', async () => {
    for (const answer of [await profile(), await profile('garbage')]) {
      expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated']);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    }
  });
});

describe('profile and validate', () => {
  test('tell who I am', async () => {
    const { accessToken, user } = await h.register('me');
    expect((await profile(accessToken)).body).toEqual(user);
    expect((await h.call('GET', '/api/auth/validate', { token: accessToken })).body).toEqual({
      valid: true,
      user: { id: user.id, email: user.email, role: 'employee' },
    });
  });
});

describe('logout', () => {
  test('ends this session at once and tells of it; the others go on', async () => {
    const one = await h.register('bea');
    const two = await h.login({ email: 'bea@example.org', password });
    const answer = await h.call('POST', '/api/auth/logout', { token: one.accessToken });
    expect([answer.status, answer.body]).toEqual([204, undefined]);
    expect((await profile(one.accessToken)).status).toBe(401);
    expect((await profile(two.accessToken)).status).toBe(200);
    const [event] = await h.events('auth.session-revoked.v1');
    expect(event?.data).toMatchObject({ userId: one.user.id, reason: 'logout', sessionIds: [expect.any(String)] });
  });

  test('logout-all ends every one', async () => {
    const one = await h.register('cal');
    const two = await h.login({ email: 'cal@example.org', password });
    expect((await h.call('POST', '/api/auth/logout-all', { token: one.accessToken })).status).toBe(204);
    expect((await profile(one.accessToken)).status).toBe(401);
    expect((await profile(two.accessToken)).status).toBe(401);
    await h.login({ email: 'cal@example.org', password });
  });

  test('needs a token', async () => {
    for (const path of ['logout', 'logout-all', 'change-password']) {
      expect((await h.call('POST', `/api/auth/${path}`, { body: {} })).status).toBe(401);
    }
    const { accessToken } = await h.register('cyd');
    expect((await h.call('GET', '/api/auth/logout', { token: accessToken })).status).toBe(405);
  });
});

describe('change-password', () => {
  const newPassword = 'a wholly new password';
  const change = (token: string, body: object) => h.call('POST', '/api/auth/change-password', { token, body });

  test('sets it, ends all other sessions, and tells of it', async () => {
    const other = await h.register('dan');
    const mine = await h.login({ email: 'dan@example.org', password });
    expect((await change(mine.accessToken, { currentPassword: password, newPassword })).status).toBe(204);
    expect((await profile(mine.accessToken)).status).toBe(200);
    expect((await profile(other.accessToken)).status).toBe(401);
    const body = { refreshToken: mine.refreshToken };
    expect((await h.call('POST', '/api/auth/refresh', { body })).status).toBe(200);
    await expect(h.login({ email: 'dan@example.org', password })).rejects.toThrow('invalid_credentials');
    await h.login({ email: 'dan@example.org', password: newPassword });
    const [event] = await h.events('auth.password-changed.v1');
    expect(event?.data).toMatchObject({ userId: mine.user.id, version: 2 });
    expect(JSON.stringify(await h.events())).not.toContain(newPassword);
  });

  test('refuses a wrong current one and a bad new one, and changes nothing', async () => {
    const { accessToken } = await h.register('eve');
    const wrong = await change(accessToken, { currentPassword: 'wrong', newPassword });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'invalid_credentials']);
    const bad = await change(accessToken, { currentPassword: password, newPassword: 'short' });
    expect([bad.status, bad.body.errors[0].field]).toEqual([400, 'newPassword']);
    const unknown = await change(accessToken, { currentPassword: password, newPassword, role: 'admin' });
    expect(unknown.status).toBe(400);
    await h.login({ email: 'eve@example.org', password });
  });
});
