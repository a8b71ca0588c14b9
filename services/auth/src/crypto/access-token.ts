import { SignJWT } from 'jose';
import type { User } from '../domain/user.ts';
import { SIGNING_ALG } from './key-pair.ts';

export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
}

export interface AccessTokenOptions {
  key: SigningKey;
  issuer: string;
  audience: string;
  /** Life in seconds. */
  lifeSeconds: number;
  now: Temporal.Instant;
}

/** Signs the access token of one session: ES256, `typ: at+jwt`, the claims of packages/identity. */
export function signAccessToken(user: User, sessionId: string, o: AccessTokenOptions): Promise<string> {
  const issuedAt = Math.floor(o.now.epochMilliseconds / 1000);
  const { role, name, email } = user;
  return new SignJWT({ sid: sessionId, ver: user.tokenVersion, role, name, email })
    .setProtectedHeader({ alg: SIGNING_ALG, kid: o.key.kid, typ: 'at+jwt' })
    .setIssuer(o.issuer)
    .setAudience(o.audience)
    .setSubject(user.id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + o.lifeSeconds)
    .sign(o.key.privateKey);
}
