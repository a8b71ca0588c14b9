import { generateKeyPairSync } from 'node:crypto';
import { type Actor, createVerifier, signAccessToken, type Verifier } from '@muster/identity';
import { v7 } from 'uuid';

/** What the tokens of {@link tokenFor} say of their origin. */
export const testIssuer = 'https://muster.test';
export const testAudience = 'muster';

const kid = 'test';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Somebody: an employee of their own unless told otherwise. */
export const testActor = (fields: Partial<Actor> = {}): Actor => ({
  id: v7(),
  role: 'employee',
  name: 'Ann Example',
  email: 'ann@example.test',
  sessionId: v7(),
  ...fields,
});

export interface TokenOptions {
  /** Default: now, by the machine's clock. */
  issuedAt?: Temporal.Instant;
  /** Default 900 s. */
  lifetimeS?: number;
  /** The user's token version. Default 1. */
  version?: number;
  issuer?: string;
  audience?: string;
}

/** A signed access token that {@link testVerifier} accepts. */
export function tokenFor(actor: Actor, options: TokenOptions = {}): Promise<string> {
  const { issuedAt = Temporal.Now.instant(), lifetimeS = 900, version = 1 } = options;
  const iat = Math.floor(issuedAt.epochMilliseconds / 1000);
  const { id: sub, sessionId: sid, role, name, email, scopes, siteId } = actor;
  const claims = {
    iss: options.issuer ?? testIssuer,
    aud: options.audience ?? testAudience,
    sub,
    sid,
    ver: version,
    role,
    name,
    email,
    iat,
    exp: iat + lifetimeS,
    ...(scopes !== undefined && { scope: scopes.join(' ') }),
    ...(siteId !== undefined && { siteId }),
  };
  return signAccessToken(claims, privateKey, kid);
}

/** The public half of the key that signs {@link tokenFor}'s tokens, as auth would serve it. */
export const testJwks = () => [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }];

/** A verifier that knows the key pair of {@link tokenFor} and asks nobody. */
export const testVerifier = (clock?: { now(): Temporal.Instant }): Verifier =>
  createVerifier({
    issuer: testIssuer,
    audience: testAudience,
    jwks: async () => testJwks(),
    ...(clock === undefined ? {} : { clock }),
  });
