import type { Db } from '@muster/db';
import type { PublicJwk, StoredKey } from '../crypto/key-pair.ts';

const keysLock = 0x6b657973;

/** Until the transaction ends, no other process makes a key. */
export async function lockSigningKeys(tx: Db): Promise<void> {
  await tx`select pg_advisory_xact_lock(${keysLock})`;
}

/** The key that signs: the newest that has not retired. */
export async function findSigningKey(sql: Db): Promise<StoredKey | undefined> {
  const [key] = await sql<StoredKey[]>`
    select kid, alg, public_jwk as "publicJwk", private_jwk_sealed as "privateJwkSealed" from signing_keys
    where retired_at is null order by created_at desc, kid limit 1
  `;
  return key;
}

export async function insertSigningKey(tx: Db, key: StoredKey, now: Temporal.Instant): Promise<void> {
  await tx`
    insert into signing_keys (kid, alg, public_jwk, private_jwk_sealed, created_at)
    values (${key.kid}, ${key.alg}, ${tx.json({ ...key.publicJwk })}, ${key.privateJwkSealed}, ${now.toString()})
  `;
}

/** Public halves of every key whose tokens may still be alive, newest first. */
export async function listPublicKeys(sql: Db, now: Temporal.Instant): Promise<PublicJwk[]> {
  const rows = await sql<{ jwk: PublicJwk }[]>`
    select public_jwk as jwk from signing_keys
    where expires_at is null or expires_at > ${now.toString()} order by created_at desc, kid
  `;
  return rows.map((row) => row.jwk);
}
