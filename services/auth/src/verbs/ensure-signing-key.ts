import { type Sql, withTransaction } from '@muster/db';
import { newKeyPair, openSigningKey, type SigningKey } from '../crypto/key-pair.ts';
import { findSigningKey, insertSigningKey, lockSigningKeys } from '../sql/signing-keys.ts';

/** The key that signs, made when there is none. Processes that start at once agree on one. Throws when the secret is another. */
export async function ensureSigningKey(sql: Sql, secret: string, now: Temporal.Instant): Promise<SigningKey> {
  const stored = await withTransaction(sql, async (tx) => {
    await lockSigningKeys(tx);
    const found = await findSigningKey(tx);
    if (found !== undefined) return found;
    const made = newKeyPair(secret);
    await insertSigningKey(tx, made, now);
    return made;
  });
  return openSigningKey(stored, secret);
}
