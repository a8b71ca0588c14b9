import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { seal, unseal } from './seal.ts';

const purpose = 'muster signing key';

/** The public half as JWKS shows it. */
export interface PublicJwk {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  kid: string;
  alg: 'ES256';
  use: 'sig';
}

/** A key as it is stored: the private half only sealed. */
export interface StoredKey {
  kid: string;
  alg: string;
  publicJwk: PublicJwk;
  privateJwkSealed: Uint8Array;
}

/** A key that is ready to sign. */
export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
}

/** Makes an ES256 key pair; its id is the RFC 7638 thumbprint, so the same key never has two names. */
export function newKeyPair(secret: string): StoredKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = pair.publicKey.export({ format: 'jwk' }) as { x: string; y: string };
  const canonical = JSON.stringify({ crv: 'P-256', kty: 'EC', x, y });
  const kid = createHash('sha256').update(canonical).digest('base64url');
  return {
    kid,
    alg: 'ES256',
    publicJwk: { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' },
    privateJwkSealed: seal(JSON.stringify(pair.privateKey.export({ format: 'jwk' })), secret, purpose),
  };
}

/** Opens the private half. Throws when AUTH_KEY_SECRET is not the one it was sealed with. */
export function openSigningKey({ kid, privateJwkSealed }: StoredKey, secret: string): SigningKey {
  try {
    const jwk = JSON.parse(unseal(privateJwkSealed, secret, purpose));
    return { kid, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) };
  } catch (cause) {
    throw new Error(`AUTH_KEY_SECRET does not open signing key ${kid}: was it changed?`, { cause });
  }
}
