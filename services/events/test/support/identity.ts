import { generateKeyPairSync } from 'node:crypto';
import type { Role } from '@muster/contracts';
import { createVerifier, signAccessToken, type Verifier } from '@muster/identity';
import type { Clock } from '@muster/service-kit';
import { v7 } from 'uuid';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const issuer = 'https://muster.test';
const audience = 'muster';

export interface TestUser {
  id: string;
  role: Role;
  sessionId: string;
}

export const user = (role: Role = 'employee', id: string = v7()): TestUser => ({ id, role, sessionId: v7() });

/** Verifies what {@link tokenFor} signed, and nothing else. */
export const testVerifier = (clock: Clock): Verifier =>
  createVerifier({
    issuer,
    audience,
    clock,
    jwks: async () => [{ ...publicKey.export({ format: 'jwk' }), kid: 'test' }],
  });

/** An access token of that user; `lifeS` below zero has expired. */
export function tokenFor({ id, role, sessionId }: TestUser, lifeS = 900): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    aud: audience,
    sub: id,
    sid: sessionId,
    ver: 1,
    role,
    name: 'Test',
    email: 't@muster.local',
  };
  return signAccessToken({ ...claims, iat: Math.min(now, now + lifeS - 1), exp: now + lifeS }, privateKey, 'test');
}
