import { createPrivateKey, type JsonWebKeyInput, type KeyObject, sign } from 'node:crypto';
import { type AccessClaims, accessClaims, algorithm, tokenType } from './claims.ts';
import { encodePart } from './encode-part.ts';

/** Signs an access token (ES256, `typ: at+jwt`). Used by auth, and by tests with a key pair of their own. */
export async function signAccessToken(
  claims: AccessClaims,
  key: JsonWebKeyInput['key'] | KeyObject,
  kid: string,
): Promise<string> {
  const privateKey =
    'asymmetricKeyType' in key
      ? (key as KeyObject)
      : createPrivateKey({ key: key as JsonWebKeyInput['key'], format: 'jwk' });
  // hono/jwt's sign() always writes `typ: JWT`: the type is what keeps an id or invitation token from passing as access.
  const unsigned = `${encodePart({ alg: algorithm, kid, typ: tokenType })}.${encodePart(accessClaims.parse(claims))}`;
  const signature = sign('sha256', Buffer.from(unsigned), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${unsigned}.${signature.toString('base64url')}`;
}
