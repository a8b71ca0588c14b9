import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Harness, password, startHarness } from './support/harness.ts';
import { passkeyCalls, registerWithPasskey, site } from './support/passkeys.ts';
import { softwareAuthenticator } from './support/software-authenticator.ts';
import { registerWithTotp } from './support/totp.ts';

let h: Harness;
let calls: ReturnType<typeof passkeyCalls>;
beforeAll(async () => {
  h = await startHarness();
  calls = passkeyCalls(h);
});
afterAll(() => h.stop());

const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body?.code];
const notVerified = [422, 'passkey_refused'];

describe('adding a passkey', () => {
  test('asks for a discoverable one behind a finger or PIN, for our host and this person', async () => {
    const { accessToken, user } = await h.register('ann');
    const { status, body } = await calls.offer(accessToken);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      rp: { id: 'muster.example', name: 'Muster' },
      user: { id: Buffer.from(user.id).toString('base64url'), name: 'ann@example.org', displayName: 'ann' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: [],
    });
    expect(body.challenge).toMatch(/^[\w-]{43}$/);
  });

  test('keeps it, lists it, tells of it, and does not offer the same authenticator again', async () => {
    const { token, user, id, authenticator } = await registerWithPasskey(h, 'bea');
    const listed = (await calls.list(token)).body;
    expect(listed.data).toEqual([
      { id, name: 'bea’s phone', synced: false, createdAt: expect.any(String), lastUsedAt: null },
    ]);
    const [event] = (await h.events('auth.passkey-added.v1')).filter(({ data }) => data.userId === user.id);
    expect(event?.data).toMatchObject({ passkeyId: id, name: 'bea’s phone', actor: { name: 'bea' } });
    const again = (await calls.offer(token)).body;
    expect(again.excludeCredentials).toHaveLength(1);
    expect(codeOf(await calls.add(token, authenticator.create(again)))).toEqual([409, 'conflict']);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }, {}],
    ['our host on another port', { origin: 'https://muster.example:8443' }, {}],
    ['our host without TLS', { origin: 'http://muster.example' }, {}],
    ['another relying party', { rpId: 'evil.example' }, {}],
    ['a person who was not verified', { verifies: false }, {}],
    ['a frame in another site', {}, { crossOrigin: true }],
    ['a sign-in instead', {}, { type: 'webauthn.get' }],
  ])('refuses one made for %s', async (_what, device, client) => {
    const { accessToken } = await h.register(`r${crypto.randomUUID().slice(0, 8)}`);
    const authenticator = softwareAuthenticator({ ...site, ...device });
    const { body } = await calls.offer(accessToken);
    expect(codeOf(await calls.add(accessToken, authenticator.create(body, client)))).toEqual(notVerified);
    expect((await calls.list(accessToken)).body.data).toEqual([]);
  });

  test('refuses a challenge that is made up, used, too old, another person’s, or of a sign-in', async () => {
    const { accessToken: mine } = await h.register('cal');
    const { accessToken: theirs } = await h.register('cyd');
    const create = (options: { challenge: string; user: { id: string } }) =>
      softwareAuthenticator(site).create(options);
    const offered = async (token: string) => (await calls.offer(token)).body;

    const fresh = await offered(mine);
    const made = { ...fresh, challenge: Buffer.from(crypto.randomUUID()).toString('base64url') };
    expect(codeOf(await calls.add(mine, create(made)))).toEqual(notVerified);
    expect((await calls.add(mine, create(fresh))).status).toBe(201);
    expect(codeOf(await calls.add(mine, create(fresh)))).toEqual(notVerified);
    expect(codeOf(await calls.add(mine, create(await offered(theirs))))).toEqual(notVerified);
    const signIn = { ...fresh, ...(await calls.loginOptions()) };
    expect(codeOf(await calls.add(mine, create(signIn)))).toEqual(notVerified);
    const old = await offered(mine);
    h.pass({ minutes: 5 });
    expect(codeOf(await calls.add(mine, create(old)))).toEqual(notVerified);
    expect((await calls.list(mine)).body.data).toHaveLength(1);
  });

  test('an old session proves itself first, with both factors where there are two', async () => {
    const { email, login, code } = await registerWithTotp(h, 'dan');
    const { refreshToken } = (await login({ totp: code() })).body;
    h.pass({ minutes: 16 });
    const token = (await h.call('POST', '/api/auth/refresh', { body: { refreshToken } })).body.accessToken as string;
    expect(codeOf(await calls.offer(token))).toEqual([401, 'reauthentication_required']);
    expect(codeOf(await calls.offer(token, { password }))).toEqual([401, 'totp_required']);
    expect((await calls.offer(token, { password, totp: code() })).status).toBe(200);
    expect(email).toBe('dan@example.org');
  });

  test('needs a token', async () => {
    for (const path of ['register/options', 'register/verify']) {
      expect((await h.call('POST', `/api/auth/passkeys/${path}`, { body: {} })).status).toBe(401);
    }
    expect((await h.call('GET', '/api/auth/passkeys')).status).toBe(401);
    const { accessToken } = await h.register('eve');
    const garbage = {
      id: 'a',
      rawId: 'a',
      type: 'public-key',
      response: { clientDataJSON: 'e30', attestationObject: 'a' },
    };
    expect(codeOf(await calls.add(accessToken, garbage))).toEqual(notVerified);
    expect(
      (await h.call('POST', '/api/auth/passkeys/register/verify', { token: accessToken, body: { userId: 1 } })).status,
    ).toBe(400);
  });
});

describe('one’s passkeys', () => {
  test('are renamed and removed by their person only', async () => {
    const mine = await registerWithPasskey(h, 'fay');
    const { token: theirs } = await registerWithPasskey(h, 'gil');
    const rename = (token: string) =>
      h.call('PATCH', `/api/auth/passkeys/${mine.id}`, { token, body: { name: 'Laptop' } });
    const remove = (token: string) => h.call('DELETE', `/api/auth/passkeys/${mine.id}`, { token });
    expect(codeOf(await rename(theirs))).toEqual([404, 'not_found']);
    expect(codeOf(await remove(theirs))).toEqual([404, 'not_found']);
    expect((await rename(mine.token)).body).toMatchObject({ id: mine.id, name: 'Laptop' });
    expect((await remove(mine.token)).status).toBe(204);
    expect(codeOf(await remove(mine.token))).toEqual([404, 'not_found']);
    expect((await mine.login()).status).toBe(401);
    const [event] = (await h.events('auth.passkey-removed.v1')).filter(({ data }) => data.userId === mine.user.id);
    expect(event?.data).toMatchObject({ passkeyId: mine.id, name: 'Laptop', reason: 'by-person' });
  });

  test('are removed in a young session only, and never the last way in', async () => {
    const { token, id, user, login } = await registerWithPasskey(h, 'hal');
    await h.sql`update users set password_hash = null where id = ${user.id}`;
    const remove = (by: string) => h.call('DELETE', `/api/auth/passkeys/${id}`, { token: by });
    expect(codeOf(await remove(token))).toEqual([409, 'last_sign_in_way']);
    const { refreshToken } = (await login()).body;
    h.pass({ minutes: 16 });
    const later = (await h.call('POST', '/api/auth/refresh', { body: { refreshToken } })).body.accessToken as string;
    expect(codeOf(await remove(later))).toEqual([401, 'reauthentication_required']);
    expect((await login()).status).toBe(200);
  });
});
