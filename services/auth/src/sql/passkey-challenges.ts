import type { Db } from '@muster/db';

/** Stores a challenge; `userId` where a signed-in person is to make a passkey. */
export async function insertChallenge(
  sql: Db,
  c: { hash: Uint8Array; userId: string | null; now: Temporal.Instant; expiresAt: Temporal.Instant },
): Promise<void> {
  await sql`
    insert into passkey_challenges (hash, user_id, created_at, expires_at)
    values (${c.hash}, ${c.userId}, ${c.now.toString()}, ${c.expiresAt.toString()})
  `;
}

/** Uses the challenge up: of two answers to it, one gets true. False for one of another purpose or person, or too old. */
export async function useChallenge(
  sql: Db,
  c: { hash: Uint8Array; userId: string | null; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await sql`
    delete from passkey_challenges
    where hash = ${c.hash} and user_id is not distinct from ${c.userId}::uuid and expires_at > ${c.now.toString()}
    returning hash
  `;
  return rows.length > 0;
}

/** Removes those nobody answered in time, at most `limit`; returns how many. */
export async function deleteOldChallenges(sql: Db, now: Temporal.Instant, limit: number): Promise<number> {
  const { count } = await sql`
    delete from passkey_challenges where hash in (
      select hash from passkey_challenges where expires_at < ${now.toString()} limit ${limit}
    )
  `;
  return count;
}
