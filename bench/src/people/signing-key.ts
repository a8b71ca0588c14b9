import { openSigningKey, type SigningKey, type StoredKey } from '@muster/auth/key-pair';
import type { Sql } from '@muster/db';

/** auth's own key, which whoever runs the platform may read: tokens signed by it are verified for real. */
export async function readSigningKey(auth: Sql, secret: string): Promise<SigningKey> {
  const [stored] = await auth<StoredKey[]>`
    select kid, alg, public_jwk as "publicJwk", private_jwk_sealed as "privateJwkSealed" from signing_keys
    where retired_at is null order by created_at desc, kid limit 1`;
  if (!stored) throw new Error('auth has no signing key');
  return openSigningKey(stored, secret);
}
