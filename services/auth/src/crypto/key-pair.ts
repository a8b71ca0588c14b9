import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { seal, unseal } from './seal.ts';

export const SIGNING_ALG = 'ES256';
const purpose = 'muster signing key';

/** A key as it is stored: the private half only sealed. */
export interface StoredKey {
  kid: string;
  alg: string;
  publicJwk: PublicJwk;
  privateJwkSealed: Uint8Array;
}

export interface PublicJwk {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  kid: string;
  alg: 'ES256';
  use: 'sig';
}

/** Makes an ES256 key pair; its id is the RFC 7638 thumbprint. */
export async function newKeyPair(secret: string): Promise<StoredKey> {
  const pair = await generateKeyPair(SIGNING_ALG, { extractable: true });
  const { x, y } = (await exportJWK(pair.publicKey)) as { x: string; y: string };
  const kid = await calculateJwkThumbprint({ kty: 'EC', crv: 'P-256', x, y });
  const privateJwk = JSON.stringify(await exportJWK(pair.privateKey));
  return {
    kid,
    alg: SIGNING_ALG,
    publicJwk: { kty: 'EC', crv: 'P-256', x, y, kid, alg: SIGNING_ALG, use: 'sig' },
    privateJwkSealed: seal(privateJwk, secret, purpose),
  };
}

/** Opens the private half. Throws when AUTH_KEY_SECRET is not the one it was sealed with. */
export async function openPrivateKey(key: StoredKey, secret: string): Promise<CryptoKey> {
  let jwk: JWK;
  try {
    jwk = JSON.parse(unseal(key.privateJwkSealed, secret, purpose));
  } catch (cause) {
    throw new Error(`AUTH_KEY_SECRET does not open signing key ${key.kid}: was it changed?`, { cause });
  }
  return (await importJWK(jwk, SIGNING_ALG)) as CryptoKey;
}
