import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { purgeEnded } from '../src/verbs/purge-ended.ts';
import { admin, type Harness, startHarness } from './support/harness.ts';
import { passkeyCalls, registerWithPasskey, site } from './support/passkeys.ts';
import { softwareAuthenticator } from './support/software-authenticator.ts';
import { codeAt } from './support/totp.ts';

let h: Harness;
let calls: ReturnType<typeof passkeyCalls>;
beforeAll(async () => {
  h = await startHarness();
  calls = passkeyCalls(h);
});
afterAll(() => h.stop());

const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body?.code];
const refused = [401, 'invalid_credentials'];
const reasonsOf = async (userId: string) =>
  (await h.events('auth.sign-in-failed.v1'))
    .filter(({ data }) => data.userId === userId)
    .map(({ data }) => data.reason);

describe('signing in by a passkey', () => {
  test('needs no name and no password, and opens a session like any other', async () => {
    const { user, login, token } = await registerWithPasskey(h, 'ann');
    const answer = await login();
    expect([answer.status, answer.body.user]).toEqual([200, user]);
    expect((await h.call('GET', '/api/auth/profile', { token: answer.body.accessToken })).body).toEqual(user);
    const events = (await h.events('auth.user-logged-in.v1')).filter(({ data }) => data.userId === user.id);
    expect(events.at(-1)?.data).toMatchObject({ actor: { name: 'ann' } });
    const [passkey] = (await calls.list(token)).body.data;
    expect(passkey.lastUsedAt).toBe(h.now().toString({ fractionalSecondDigits: 3 }));
    expect((await login()).status).toBe(200);
  });

  test('offers the same to everybody: no name is asked, none is told', async () => {
    const options = await calls.loginOptions();
    expect(options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rpId: 'muster.example',
      timeout: 300_000,
      userVerification: 'required',
    });
  });

  test('counts as both factors: no code is asked for', async () => {
    const { token, login } = await registerWithPasskey(h, 'bea');
    const { secret } = (await h.call('POST', '/api/auth/2fa/setup', { token })).body;
    await h.call('POST', '/api/auth/2fa/enable', { token, body: { totp: codeAt(h, secret) } });
    expect((await login()).status).toBe(200);
  });

  test('a passkey that does not count is good again and again', async () => {
    const { login, authenticator } = await registerWithPasskey(h, 'cal', { counts: false });
    authenticator.state.backedUp = true;
    expect((await login()).status).toBe(200);
    expect((await login()).status).toBe(200);
    const [row] = await h.sql`select counter, synced from passkeys where name = 'cal’s phone'`;
    expect(row).toEqual({ counter: 0, synced: true });
  });
});

describe('refused is', () => {
  test('an assertion that is replayed, also when both come at once', async () => {
    const { authenticator, user } = await registerWithPasskey(h, 'dan', { counts: false });
    const assertion = authenticator.get(await calls.loginOptions());
    expect((await calls.login(assertion)).status).toBe(200);
    expect(codeOf(await calls.login(assertion))).toEqual(refused);
    await h.warm();
    const twice = authenticator.get(await calls.loginOptions());
    const answers = await Promise.all([1, 2, 3].map(() => calls.login(twice)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
    expect(await reasonsOf(user.id)).toEqual(['wrong-passkey', 'wrong-passkey', 'wrong-passkey']);
  });

  test('a challenge that is made up, too old, or of a registration', async () => {
    const { authenticator, token, login } = await registerWithPasskey(h, 'eve');
    const made = { challenge: Buffer.from(crypto.randomUUID()).toString('base64url') };
    expect(codeOf(await calls.login(authenticator.get(made)))).toEqual(refused);
    const registration = (await calls.offer(token)).body;
    expect(codeOf(await calls.login(authenticator.get(registration)))).toEqual(refused);
    const old = await calls.loginOptions();
    h.pass({ minutes: 5 });
    expect(codeOf(await calls.login(authenticator.get(old)))).toEqual(refused);
    expect((await login()).status).toBe(200);
  });

  test('a challenge of a failed try: it is used up all the same', async () => {
    const { authenticator } = await registerWithPasskey(h, 'fay');
    const options = await calls.loginOptions();
    authenticator.state.origin = 'https://evil.example';
    expect(codeOf(await calls.login(authenticator.get(options)))).toEqual(refused);
    authenticator.state.origin = site.origin;
    expect(codeOf(await calls.login(authenticator.get(options)))).toEqual(refused);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }, {}],
    ['our host on another port', { origin: 'https://muster.example:8443' }, {}],
    ['a host below ours', { origin: 'https://evil.muster.example' }, {}],
    ['another relying party', { rpId: 'evil.example' }, {}],
    ['a person who was not verified', { verifies: false }, {}],
    ['no user handle', { userHandle: undefined }, {}],
    ['a frame in another site', {}, { crossOrigin: true, topOrigin: 'https://evil.example' }],
    ['a registration instead', {}, { type: 'webauthn.create' }],
  ])('%s', async (_what, change, client) => {
    const { authenticator, login } = await registerWithPasskey(h, `p${crypto.randomUUID().slice(0, 8)}`);
    const good = { ...authenticator.state };
    Object.assign(authenticator.state, change);
    expect(codeOf(await calls.login(authenticator.get(await calls.loginOptions(), client)))).toEqual(refused);
    Object.assign(authenticator.state, { ...good, counter: authenticator.state.counter });
    expect((await login()).status).toBe(200);
  });

  test('a signature that is not of this passkey, or not of these bytes', async () => {
    const mine = await registerWithPasskey(h, 'gil');
    const theirs = await registerWithPasskey(h, 'hal');
    const sign = async (who: typeof mine) => who.authenticator.get(await calls.loginOptions());
    const forged = await sign(mine);
    const { id, rawId } = await sign(theirs);
    expect(codeOf(await calls.login({ ...forged, id, rawId }))).toEqual(refused);

    const another = await sign(mine);
    another.response.userHandle = Buffer.from(theirs.user.id).toString('base64url');
    expect(codeOf(await calls.login(another))).toEqual(refused);

    const changed = await sign(mine);
    const data = Buffer.from(changed.response.authenticatorData, 'base64url');
    data.writeUInt32BE(9999, 33);
    changed.response.authenticatorData = data.toString('base64url');
    expect(codeOf(await calls.login(changed))).toEqual(refused);
    expect((await mine.login()).status).toBe(200);
    expect((await theirs.login()).status).toBe(200);
  });

  test('a counter that did not grow: there is a copy of the authenticator', async () => {
    const { authenticator, login, user } = await registerWithPasskey(h, 'ida');
    expect((await login()).status).toBe(200);
    const { counter } = authenticator.state;
    for (const before of [counter - 1, counter - 2]) {
      authenticator.state.counter = before;
      expect(codeOf(await login())).toEqual(refused);
    }
    authenticator.state.counter = 0;
    authenticator.state.counts = false;
    expect(codeOf(await login())).toEqual(refused);
    expect(await reasonsOf(user.id)).toEqual(['passkey-cloned', 'passkey-cloned', 'passkey-cloned']);
    authenticator.state.counts = true;
    authenticator.state.counter = counter;
    expect((await login()).status).toBe(200);
  });

  test('a passkey nobody added, of a disabled and of a deleted person', async () => {
    const stranger = softwareAuthenticator(site);
    stranger.state.userHandle = Buffer.from(crypto.randomUUID()).toString('base64url');
    expect(codeOf(await calls.login(stranger.get(await calls.loginOptions())))).toEqual(refused);
    const { login, user } = await registerWithPasskey(h, 'jan');
    const { accessToken: token } = await h.login(admin);
    await h.call('PATCH', `/api/users/${user.id}`, { token, body: { active: false } });
    expect(codeOf(await login())).toEqual(refused);
    expect(await reasonsOf(user.id)).toEqual(['disabled']);
    await h.call('DELETE', `/api/users/${user.id}`, { token });
    expect(codeOf(await login())).toEqual(refused);
  });
});

test('challenges that nobody answered are removed once they are over', async () => {
  await calls.loginOptions();
  h.pass({ minutes: 6 });
  await calls.loginOptions();
  await purgeEnded(h.deps);
  expect(await h.sql`select 1 from passkey_challenges`).toHaveLength(1);
});
