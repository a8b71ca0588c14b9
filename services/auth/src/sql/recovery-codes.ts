import type { Db } from '@muster/db';

/** Stores new codes; the earlier ones end. */
export async function replaceRecoveryCodes(
  tx: Db,
  userId: string,
  hashes: Uint8Array[],
  now: Temporal.Instant,
): Promise<void> {
  await deleteRecoveryCodes(tx, userId);
  const rows = hashes.map((hash) => ({ user_id: userId, hash, created_at: now.toString() }));
  await tx`insert into recovery_codes ${tx(rows, 'user_id', 'hash', 'created_at')}`;
}

/** Uses the code up: of two that present it, one gets true. */
export async function useRecoveryCode(
  tx: Db,
  userId: string,
  hash: Uint8Array,
  now: Temporal.Instant,
): Promise<boolean> {
  const rows = await tx`
    update recovery_codes set used_at = ${now.toString()}
    where user_id = ${userId} and hash = ${hash} and used_at is null
    returning user_id
  `;
  return rows.length > 0;
}

/** How many are still good. */
export async function countRecoveryCodes(sql: Db, userId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from recovery_codes where user_id = ${userId} and used_at is null
  `;
  return row?.count ?? 0;
}

export async function deleteRecoveryCodes(tx: Db, userId: string): Promise<void> {
  await tx`delete from recovery_codes where user_id = ${userId}`;
}
