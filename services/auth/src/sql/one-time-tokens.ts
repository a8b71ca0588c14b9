import type { Db } from '@muster/db';

export type TokenPurpose = 'invitation' | 'password-reset' | 'verify-email';

export interface NewToken {
  hash: Uint8Array;
  userId: string;
  purpose: TokenPurpose;
  now: Temporal.Instant;
  expiresAt: Temporal.Instant;
  /** It goes to the account's mailbox only: who presents it reads that mailbox. */
  mailed?: boolean;
}

/** Stores a token's hash beside earlier ones. */
export async function insertOneTimeToken(tx: Db, t: NewToken): Promise<void> {
  await tx`
    insert into one_time_tokens (hash, user_id, purpose, created_at, expires_at, mailed)
    values (${t.hash}, ${t.userId}, ${t.purpose}, ${t.now.toString()}, ${t.expiresAt.toString()}, ${t.mailed ?? false})
  `;
}

/** Stores a token's hash; an earlier one for the same purpose ends with it. */
export async function replaceOneTimeToken(tx: Db, t: NewToken): Promise<void> {
  await endOneTimeTokens(tx, t.userId, [t.purpose]);
  await insertOneTimeToken(tx, t);
}

/** Ends every token of the user for these purposes. */
export async function endOneTimeTokens(tx: Db, userId: string, purposes: TokenPurpose[]): Promise<void> {
  await tx`delete from one_time_tokens where user_id = ${userId} and purpose in ${tx(purposes)}`;
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
export async function useOneTimeToken(tx: Db, t: Presented): Promise<{ userId: string; mailed: boolean } | undefined> {
  const [row] = await tx<{ userId: string; mailed: boolean }[]>`
    update one_time_tokens set used_at = ${t.now.toString()}
    where hash = ${t.hash} and purpose = ${t.purpose} and used_at is null and expires_at > ${t.now.toString()}
    returning user_id as "userId", mailed
  `;
  return row;
}
