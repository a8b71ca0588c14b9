import { generateKeyPairSync } from 'node:crypto';
import { type AccessClaims, createVerifier, signAccessToken, type VerifierOptions } from '../src/index.ts';

export const issuer = 'https://muster.test';
export const audience = 'muster';
export const sid = '0198a000-0000-7000-8000-00000000000a';
export const sub = '0198a000-0000-7000-8000-00000000000b';
export const start = Temporal.Instant.from('2026-03-02T08:00:00Z');

export const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A key pair as JWKs, the public one with its kid. */
export function keyPair(kid = 'k1') {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  return { kid, privateKey, publicKey, jwk: { ...jwk, kid, alg: 'ES256', use: 'sig' } };
}

export const claims = (over: Partial<AccessClaims> = {}): AccessClaims => {
  const iat = start.epochMilliseconds / 1000;
  const person = { sub, sid, ver: 3, role: 'employee' as const, name: 'Ann', email: 'ann@muster.test' };
  return { iss: issuer, aud: audience, ...person, iat, exp: iat + 900, ...over };
};

/** A verifier with a clock to turn and a count of how often it fetched the keys. */
export function setup(over: Partial<VerifierOptions> = {}) {
  const keys = keyPair();
  const time = { now: start };
  const state = { fetched: 0, keys: [keys.jwk] as unknown[], down: false };
  const jwks = async () => {
    state.fetched += 1;
    if (state.down) throw new Error('auth is away');
    return state.keys;
  };
  const verifier = createVerifier({ issuer, audience, jwks, clock: { now: () => time.now }, ...over });
  const later = (seconds: number) => {
    time.now = time.now.add({ seconds });
  };
  const token = (over?: Partial<AccessClaims>) => signAccessToken(claims(over), keys.privateKey, keys.kid);
  return { keys, state, verifier, later, token };
}
