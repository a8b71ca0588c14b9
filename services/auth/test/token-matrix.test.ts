import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Session } from '@muster/contracts/http/auth';
import { createVerifier } from '@muster/identity';
import { type RunningServer, startServer } from '@muster/service-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PublicJwk } from '../src/crypto/key-pair.ts';
import { listPublicKeys } from '../src/verbs/list-keys.ts';
import { admin, appApiToken, type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
let server: RunningServer;
let ann: Session;
let signer: KeyObject;
let jwk: PublicJwk;

beforeAll(async () => {
  h = await startHarness();
  server = await startServer({
    app: h.app,
    host: '127.0.0.1',
    port: 0,
    log: h.deps.log,
    onShutdown: [],
    handleSignals: false,
  });
  ann = await h.register('ann');
  signer = (await h.deps.keys.signing()).privateKey;
  [jwk] = (await listPublicKeys(h.deps)) as [PublicJwk];
});
afterAll(async () => {
  await server.stop();
  await h.stop();
});

const get = (path: string, authorization?: string) =>
  fetch(server.url + path, { headers: authorization === undefined ? {} : { authorization } });
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const seal = (head: string, payload: string, key: KeyObject = signer): string => {
  const text = `${head}.${payload}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};
/** The parts of a token that auth itself issued. */
const issued = () => {
  const [head = '', payload = '', signature = ''] = ann.accessToken.split('.');
  const read = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString());
  return { head, payload, signature, header: read(head), claims: read(payload) };
};
const withHeader = (change: object, key?: KeyObject): string =>
  seal(part({ ...issued().header, ...change }), issued().payload, key);
const withClaims = (change: object): string => seal(issued().head, part({ ...issued().claims, ...change }));
const stranger = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicPem = (): string => {
  const { kty, crv, x, y } = jwk;
  return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }).export({ format: 'pem', type: 'spki' }).toString();
};
const hmac = (alg: string): string => {
  const { header, payload } = issued();
  const text = `${part({ ...header, alg })}.${payload}`;
  return `${text}.${createHmac('sha256', publicPem()).update(text).digest('base64url')}`;
};
const seconds = (): number => h.now().epochMilliseconds / 1000;
const ours = (make: () => string) => () => `Bearer ${make()}`;

describe('what is no token of ours is a 401 with a challenge, on every kind of route', () => {
  test.each<[string, () => string | undefined]>([
    ['none', () => undefined],
    ['an empty header', () => ''],
    ['no scheme', () => ann.accessToken],
    ['another scheme', () => `Basic ${ann.accessToken}`],
    ['the scheme alone', () => 'Bearer '],
    ['two tokens', () => `Bearer ${ann.accessToken}, Bearer ${ann.accessToken}`],
    ['a refresh token', ours(() => ann.refreshToken)],
    ['expired', ours(() => withClaims({ iat: seconds() - 1000, exp: seconds() - 6 }))],
    ['not yet valid', ours(() => withClaims({ nbf: seconds() + 60 }))],
    ['issued in the future', ours(() => withClaims({ iat: seconds() + 60, exp: seconds() + 960 }))],
    ['alg none', ours(() => `${part({ ...issued().header, alg: 'none' })}.${issued().payload}.`)],
    ['alg none with a signature', ours(() => withHeader({ alg: 'none' }))],
    ['HMAC by the public key', ours(() => hmac('HS256'))],
    ['HMAC under the name ES256', ours(() => hmac('ES256'))],
    ['another key', ours(() => seal(issued().head, issued().payload, stranger().privateKey))],
    ['another aud', ours(() => withClaims({ aud: 'other' }))],
    ['aud among others', ours(() => withClaims({ aud: ['muster', 'other'] }))],
    ['another iss', ours(() => withClaims({ iss: 'https://evil.example' }))],
    ['typ JWT', ours(() => withHeader({ typ: 'JWT' }))],
    ['no typ', ours(() => withHeader({ typ: undefined }))],
    ['kid a path', ours(() => withHeader({ kid: '../../../../dev/null' }))],
    ['kid as SQL', ours(() => withHeader({ kid: "' or 1=1 --" }))],
    ['kid unknown', ours(() => withHeader({ kid: 'unknown' }))],
    ['no kid', ours(() => withHeader({ kid: undefined }))],
    [
      'its own key inside',
      ours(() => withHeader({ jwk: stranger().publicKey.export({ format: 'jwk' }) }, stranger().privateKey)),
    ],
    [
      'the address of its key inside',
      ours(() => withHeader({ jku: server.url, x5u: server.url }, stranger().privateKey)),
    ],
    ['crit', ours(() => withHeader({ crit: ['exp'] }))],
    [
      'a claim twice',
      ours(() => {
        const { head, claims } = issued();
        return seal(head, Buffer.from(JSON.stringify(claims).replace('{', '{"role":"admin",')).toString('base64url'));
      }),
    ],
    [
      'the role raised, not signed',
      ours(() => {
        const { head, claims, signature } = issued();
        return `${head}.${part({ ...claims, role: 'admin' })}.${signature}`;
      }),
    ],
  ])('%s', async (_what, authorization) => {
    for (const path of ['/api/auth/profile', '/api/auth/sessions', '/api/users', '/api/auth/keys']) {
      const answer = await get(path, authorization());
      const { code } = (await answer.json()) as { code: string };
      expect([path, answer.status, code]).toEqual([path, 401, 'unauthenticated']);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  test('and the very token they were made from is good', async () => {
    expect((await get('/api/auth/profile', `Bearer ${ann.accessToken}`)).status).toBe(200);
    expect((await get('/api/auth/profile', `bearer ${withClaims({})}`)).status).toBe(200);
  });
});

describe('what was good until a moment ago', () => {
  /** Another service: it knows only what it fetched, as `startRevocationPoll` does every 15 s. */
  const service = () => {
    const { issuer, audience } = h.deps.settings;
    const { clock } = h.deps;
    const verifier = createVerifier({ issuer, audience, clock, jwks: () => listPublicKeys(h.deps) });
    const poll = async () => {
      const headers = { 'dapr-api-token': appApiToken };
      verifier.revoke((await h.call('GET', '/internal/revocations', { headers })).body);
    };
    const passes = (token: string) =>
      verifier.verify(token).then(
        () => true,
        () => false,
      );
    return { poll, passes };
  };
  const root = async () => (await h.login(admin)).accessToken;
  const profile = (token: string) => get('/api/auth/profile', `Bearer ${token}`);

  const ends: [string, (who: Session) => Promise<unknown>][] = [
    ['signed out', ({ accessToken: token }) => h.call('POST', '/api/auth/logout', { token })],
    ['signed out everywhere', ({ accessToken: token }) => h.call('POST', '/api/auth/logout-all', { token })],
    [
      'ended by an administrator',
      async ({ user }) => h.call('DELETE', `/api/users/${user.id}/sessions`, { token: await root() }),
    ],
    ['deleted', async ({ user }) => h.call('DELETE', `/api/users/${user.id}`, { token: await root() })],
    [
      'disabled',
      async ({ user }) => h.call('PATCH', `/api/users/${user.id}`, { body: { active: false }, token: await root() }),
    ],
    [
      'stolen: an old refresh token was used',
      async ({ refreshToken }) => {
        await h.call('POST', '/api/auth/refresh', { body: { refreshToken } });
        h.pass({ seconds: 11 });
        await h.call('POST', '/api/auth/refresh', { body: { refreshToken } });
      },
    ],
  ];
  test.each(ends)('%s: refused by auth at once, elsewhere with the next poll, and no refresh', async (what, end) => {
    const elsewhere = service();
    const who = await h.register(`gone${ends.findIndex(([name]) => name === what)}`);
    await elsewhere.poll();
    expect([(await profile(who.accessToken)).status, await elsewhere.passes(who.accessToken)]).toEqual([200, true]);
    await end(who);
    expect((await profile(who.accessToken)).status).toBe(401);
    expect(await elsewhere.passes(who.accessToken)).toBe(true);
    await elsewhere.poll();
    expect(await elsewhere.passes(who.accessToken)).toBe(false);
    const { refreshToken } = who;
    expect((await h.call('POST', '/api/auth/refresh', { body: { refreshToken } })).status).toBe(401);
  });

  test('a role lowered in mid-session: the old token ends, the refreshed one carries the new role', async () => {
    const elsewhere = service();
    const { user } = await h.register('boss');
    const set = async (role: string) =>
      h.call('PATCH', `/api/users/${user.id}`, { body: { role }, token: await root() });
    await set('admin');
    const boss = await h.login({ email: user.email, password });
    expect((await get('/api/users', `Bearer ${boss.accessToken}`)).status).toBe(200);
    expect(await elsewhere.passes(boss.accessToken)).toBe(true);
    await set('employee');
    expect((await get('/api/users', `Bearer ${boss.accessToken}`)).status).toBe(401);
    await elsewhere.poll();
    expect(await elsewhere.passes(boss.accessToken)).toBe(false);
    const { refreshToken } = boss;
    const next = (await h.call('POST', '/api/auth/refresh', { body: { refreshToken } })).body as Session;
    expect(next.user.role).toBe('employee');
    expect(await elsewhere.passes(next.accessToken)).toBe(true);
    expect((await get('/api/users', `Bearer ${next.accessToken}`)).status).toBe(403);
    expect((await profile(next.accessToken)).status).toBe(200);
  });
});
