import { createHmac, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signAccessToken } from '../src/index.ts';
import { b64, claims, keyPair, setup, sid, start, sub } from './tokens.ts';

const header = { alg: 'ES256', kid: 'k1', typ: 'at+jwt' };
const refused = { code: 'unauthenticated', status: 401 };

/** Signs any header and payload with a real key: what an attacker with a key, or a careless issuer, could make. */
function forge(head: object, payload: object, key = keyPair().privateKey): string {
  const unsigned = `${b64(head)}.${b64(payload)}`;
  return `${unsigned}.${sign('sha256', Buffer.from(unsigned), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

describe('a good token', () => {
  it('is the actor it names', async () => {
    const { verifier, token } = setup();
    const actor = { id: sub, role: 'employee', name: 'Ann', email: 'ann@muster.test', sessionId: sid };
    expect(await verifier.verify(await token())).toEqual(actor);
  });

  it('is signed from a JWK as well', async () => {
    const { keys, verifier } = setup();
    const jwk = keys.privateKey.export({ format: 'jwk' });
    expect(await verifier.verify(await signAccessToken(claims(), jwk, 'k1'))).toMatchObject({ id: sub });
  });

  it('lives until exp and five seconds of skew, remembered or not', async () => {
    const { verifier, token, later } = setup();
    const first = await token();
    await verifier.verify(first);
    later(904);
    await verifier.verify(first);
    await verifier.verify(await token({ name: 'Other' }));
    later(1);
    await expect(verifier.verify(first)).rejects.toMatchObject(refused);
    await expect(verifier.verify(await token({ name: 'Third' }))).rejects.toMatchObject(refused);
  });

  it('is verified once for many who show it at the same time', async () => {
    const { verifier, token, state } = setup();
    const text = await token();
    const actors = await Promise.all(Array.from({ length: 50 }, () => verifier.verify(text)));
    expect(new Set(actors).size).toBe(1);
    expect(state.fetched).toBe(1);
  });
});

describe('tokens that are not good', () => {
  const { keys, verifier } = setup();
  const whole = claims();
  const signature = 'A'.repeat(86);
  const hmac = (alg: string, secret: string) => {
    const unsigned = `${b64({ ...header, alg })}.${b64(whole)}`;
    return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
  };
  const { sid: _, ...withoutSession } = whole;
  const own = keys.privateKey;
  const publicPem = keys.publicKey.export({ format: 'pem', type: 'spki' }).toString();

  it.each<[string, string]>([
    ['nothing', ''],
    ['no token', 'abc'],
    ['two parts', 'a.b'],
    ['alg none', `${b64({ ...header, alg: 'none' })}.${b64(whole)}.`],
    ['alg none, with a signature', `${b64({ ...header, alg: 'none' })}.${b64(whole)}.${signature}`],
    ['HS256 over the public key', hmac('HS256', publicPem)],
    ['HS256 over the public JWK', hmac('HS256', JSON.stringify(keys.jwk))],
    ['ES256 in the header, HMAC inside', hmac('ES256', publicPem)],
    ['another alg, well signed', forge({ ...header, alg: 'ES384' }, whole, own)],
    ['another key', forge(header, whole)],
    [
      'a payload changed after signing',
      forge(header, whole, own).replace(/\.[^.]+\./, `.${b64({ ...whole, role: 'admin' })}.`),
    ],
    ['wrong audience', forge(header, claims({ aud: 'other' }), own)],
    ['wrong issuer', forge(header, claims({ iss: 'https://evil.test' }), own)],
    ['typ JWT', forge({ ...header, typ: 'JWT' }, whole, own)],
    ['no typ', forge({ alg: 'ES256', kid: 'k1' }, whole, own)],
    ['crit', forge({ ...header, crit: ['exp'] }, whole, own)],
    ['no kid', forge({ alg: 'ES256', typ: 'at+jwt' }, whole, own)],
    ['kid a path', forge({ ...header, kid: '../../../dev/null' }, whole, own)],
    ['kid of the prototype', forge({ ...header, kid: '__proto__' }, whole, own)],
    ['kid as SQL', forge({ ...header, kid: "k1' or '1'='1" }, whole, own)],
    ['kid very long', forge({ ...header, kid: 'k'.repeat(2000) }, whole, own)],
    ['kid no string', forge({ ...header, kid: ['k1'] }, whole, own)],
    ['own key inside', forge({ ...header, jwk: keyPair().jwk }, whole)],
    ['no session', forge(header, withoutSession, own)],
    ['a role nobody has', forge(header, { ...whole, role: 'root' }, own)],
    ['subject no UUID', forge(header, { ...whole, sub: '1' }, own)],
    ['no exp', forge(header, { ...whole, exp: undefined }, own)],
    ['exp as text', forge(header, { ...whole, exp: '9999999999' }, own)],
    ['expired', forge(header, claims({ exp: start.epochMilliseconds / 1000 - 6 }), own)],
    ['from the future', forge(header, claims({ iat: start.epochMilliseconds / 1000 + 60 }), own)],
    ['too long', `${b64(header)}.${b64({ ...whole, name: 'x'.repeat(5000) })}.${signature}`],
  ])('%s', async (_name, token) => {
    await expect(verifier.verify(token)).rejects.toMatchObject(refused);
  });

  it('the same, unharmed, passes', async () => {
    await expect(verifier.verify(forge(header, whole, own))).resolves.toMatchObject({ id: sub });
  });
});

describe('revocation', () => {
  it('ends a session, remembered tokens too, and can be taken back', async () => {
    const { verifier, token } = setup();
    const text = await token();
    await verifier.verify(text);
    verifier.revoke({ sessions: [sid], users: [] });
    await expect(verifier.verify(text)).rejects.toMatchObject(refused);
    verifier.revoke({ sessions: [], users: [] });
    await expect(verifier.verify(text)).resolves.toMatchObject({ id: sub });
  });

  it('ends tokens below a user’s least version', async () => {
    const { verifier, token } = setup();
    verifier.revoke({ sessions: [], users: [{ id: sub, minVer: 4 }] });
    await expect(verifier.verify(await token({ ver: 3 }))).rejects.toMatchObject(refused);
    await expect(verifier.verify(await token({ ver: 4 }))).resolves.toMatchObject({ id: sub });
  });
});
