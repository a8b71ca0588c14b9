import type { Db } from '@muster/db';

export interface FoundRefreshToken {
  sessionId: string;
  expiresAt: Date;
  absoluteExpiresAt: Date;
  rotatedAt: Date | null;
  successor: Uint8Array | null;
  revokeReason: string | null;
}

/** Whose token it is, without locking anything: whoever locks takes the user first, then the session. */
export async function findRefreshTokenUser(sql: Db, hash: Uint8Array): Promise<string | undefined> {
  const [row] = await sql<{ userId: string }[]>`
    select s.user_id as "userId" from refresh_tokens t join sessions s on s.id = t.session_id where t.hash = ${hash}
  `;
  return row?.userId;
}

/** The token of that hash; its session stays locked, so that racing refreshes take their turn. */
export async function lockRefreshToken(tx: Db, hash: Uint8Array): Promise<FoundRefreshToken | undefined> {
  // The lock first, the token in a statement of its own: it must see what the one before has rotated.
  await tx`
    select 1 from sessions where id = (select session_id from refresh_tokens where hash = ${hash}) for update
  `;
  const [token] = await tx<FoundRefreshToken[]>`
    select
      s.id as "sessionId", t.expires_at as "expiresAt",
      s.absolute_expires_at as "absoluteExpiresAt", t.rotated_at as "rotatedAt", t.successor,
      s.revoke_reason as "revokeReason"
    from refresh_tokens t join sessions s on s.id = t.session_id
    where t.hash = ${hash}
  `;
  return token;
}

export async function insertRefreshToken(
  tx: Db,
  t: { hash: Uint8Array; sessionId: string; now: Temporal.Instant; expiresAt: Temporal.Instant },
): Promise<void> {
  await tx`
    insert into refresh_tokens (hash, session_id, issued_at, expires_at)
    values (${t.hash}, ${t.sessionId}, ${t.now.toString()}, ${t.expiresAt.toString()})
  `;
}

/** Marks a token as used up; `successor` is the sealed text of the one that replaces it. */
export async function rotateRefreshToken(
  tx: Db,
  t: { hash: Uint8Array; successor: Uint8Array; now: Temporal.Instant },
): Promise<void> {
  await tx`
    update refresh_tokens set rotated_at = ${t.now.toString()}, successor = ${t.successor} where hash = ${t.hash}
  `;
}
