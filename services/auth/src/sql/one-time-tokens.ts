import type { Db } from '@muster/db';

export type TokenPurpose = 'invitation';

/** Stores a token's hash; an earlier one for the same purpose ends with it. */
export async function replaceOneTimeToken(
  tx: Db,
  t: { hash: Uint8Array; userId: string; purpose: TokenPurpose; now: Temporal.Instant; expiresAt: Temporal.Instant },
): Promise<void> {
  await tx`delete from one_time_tokens where user_id = ${t.userId} and purpose = ${t.purpose}`;
  await tx`
    insert into one_time_tokens (hash, user_id, purpose, created_at, expires_at)
    values (${t.hash}, ${t.userId}, ${t.purpose}, ${t.now.toString()}, ${t.expiresAt.toString()})
  `;
}

interface Presented {
  hash: Uint8Array;
  purpose: TokenPurpose;
  now: Temporal.Instant;
}

/** Whose token it is, while it is good. */
export async function findOneTimeToken(sql: Db, t: Presented): Promise<string | undefined> {
  const [row] = await sql<{ userId: string }[]>`
    select user_id as "userId" from one_time_tokens
    where hash = ${t.hash} and purpose = ${t.purpose} and used_at is null and expires_at > ${t.now.toString()}
  `;
  return row?.userId;
}

/** Uses the token up: of two that present it, one gets the user's id. */
export async function useOneTimeToken(tx: Db, t: Presented): Promise<string | undefined> {
  const [row] = await tx<{ userId: string }[]>`
    update one_time_tokens set used_at = ${t.now.toString()}
    where hash = ${t.hash} and purpose = ${t.purpose} and used_at is null and expires_at > ${t.now.toString()}
    returning user_id as "userId"
  `;
  return row?.userId;
}
