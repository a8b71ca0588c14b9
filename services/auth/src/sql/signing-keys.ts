import type { Db } from '@muster/db';
import type { PublicJwk, StoredKey } from '../crypto/key-pair.ts';
import type { KeyTimes } from '../domain/key-plan.ts';

const keysLock = 0x6b657973;

/** A key with its times, and the longest life of a token that was ever signed by it. */
export interface KeyRow extends StoredKey, KeyTimes {
  longestTokenSeconds: number;
}

/** Until the transaction ends, no other process makes or retires a key. */
export async function lockSigningKeys(tx: Db): Promise<void> {
  await tx`select pg_advisory_xact_lock(${keysLock})`;
}

/** Every key whose tokens may still be alive, newest first. */
export async function listSigningKeys(sql: Db, now: Temporal.Instant): Promise<KeyRow[]> {
  type Row = StoredKey & { createdAt: Date; signsFrom: Date; expiresAt: Date | null; longestTokenSeconds: number };
  const rows = await sql<Row[]>`
    select
      kid, alg, public_jwk as "publicJwk", private_jwk_sealed as "privateJwkSealed", created_at as "createdAt",
      coalesce(signs_from, created_at) as "signsFrom", expires_at as "expiresAt",
      longest_token_s as "longestTokenSeconds"
    from signing_keys where expires_at is null or expires_at > ${now.toString()}
    order by coalesce(signs_from, created_at) desc, kid
  `;
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toTemporalInstant(),
    signsFrom: row.signsFrom.toTemporalInstant(),
    expiresAt: row.expiresAt?.toTemporalInstant() ?? null,
  }));
}

export async function insertSigningKey(
  tx: Db,
  key: StoredKey,
  k: { now: Temporal.Instant; signsFrom: Temporal.Instant; longestTokenSeconds: number },
): Promise<void> {
  await tx`
    insert into signing_keys (kid, alg, public_jwk, private_jwk_sealed, created_at, signs_from, longest_token_s)
    values (
      ${key.kid}, ${key.alg}, ${tx.json({ ...key.publicJwk })}, ${key.privateJwkSealed}, ${k.now.toString()},
      ${k.signsFrom.toString()}, ${k.longestTokenSeconds}
    )
  `;
}

/** Lets every key sign until `at` and verify until the last token of it has ended, `marginSeconds` more. */
export async function retireSigningKeys(tx: Db, at: Temporal.Instant, marginSeconds: number): Promise<void> {
  await tx`
    update signing_keys set
      retired_at = ${at.toString()},
      expires_at = ${at.toString()}::timestamptz + make_interval(secs => longest_token_s + ${marginSeconds})
    where expires_at is null
  `;
}

/** Notes that tokens of this life are signed now: what has retired already stays good for that much longer. */
export async function noteTokenLife(sql: Db, seconds: number): Promise<void> {
  await sql`
    update signing_keys set
      expires_at = expires_at + make_interval(secs => ${seconds} - longest_token_s), longest_token_s = ${seconds}
    where longest_token_s < ${seconds}
  `;
}

/** Public halves of every key whose tokens may still be alive, newest first. */
export async function listPublicKeys(sql: Db, now: Temporal.Instant): Promise<PublicJwk[]> {
  const rows = await sql<{ jwk: PublicJwk }[]>`
    select public_jwk as jwk from signing_keys
    where expires_at is null or expires_at > ${now.toString()} order by coalesce(signs_from, created_at) desc, kid
  `;
  return rows.map((row) => row.jwk);
}

/** The longest life an access token that is alive may have had; null while there is no key. */
export async function findLongestTokenLife(sql: Db, now: Temporal.Instant): Promise<number | null> {
  const [row] = await sql<{ seconds: number | null }[]>`
    select max(longest_token_s) as seconds from signing_keys
    where expires_at is null or expires_at > ${now.toString()}
  `;
  return row?.seconds ?? null;
}
