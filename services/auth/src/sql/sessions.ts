import type { Db } from '@muster/db';

export interface NewSession {
  id: string;
  userId: string;
  ip?: string;
  userAgent?: string;
  now: Temporal.Instant;
  expiresAt: Temporal.Instant;
  absoluteExpiresAt: Temporal.Instant;
}

export async function insertSession(tx: Db, s: NewSession): Promise<void> {
  const now = s.now.toString();
  await tx`
    insert into sessions (id, user_id, ip, user_agent, created_at, last_used_at, expires_at, absolute_expires_at)
    values (
      ${s.id}, ${s.userId}, ${s.ip ?? null}, ${s.userAgent ?? null}, ${now}, ${now},
      ${s.expiresAt.toString()}, ${s.absoluteExpiresAt.toString()}
    )
  `;
}

/** Notes that a session was refreshed, and where from as far as that is known. */
export async function touchSession(
  tx: Db,
  s: { id: string; ip?: string | undefined; now: Temporal.Instant; expiresAt: Temporal.Instant },
): Promise<void> {
  await tx`
    update sessions set
      last_used_at = ${s.now.toString()}, expires_at = ${s.expiresAt.toString()},
      last_ip = coalesce(${s.ip ?? null}, last_ip)
    where id = ${s.id}
  `;
}

/** Ends one session. False when it had ended before. */
export async function revokeSession(tx: Db, id: string, reason: string, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx`
    update sessions set revoked_at = ${now.toString()}, revoke_reason = ${reason}
    where id = ${id} and revoked_at is null
    returning id
  `;
  return rows.length > 0;
}

/** Ends a session if it is this user's and has not ended; false otherwise. */
export async function revokeOwnSession(
  tx: Db,
  s: { id: string; userId: string; reason: string; now: Temporal.Instant },
): Promise<boolean> {
  const now = s.now.toString();
  const rows = await tx`
    update sessions set revoked_at = ${now}, revoke_reason = ${s.reason}
    where id = ${s.id} and user_id = ${s.userId} and revoked_at is null and expires_at > ${now}
    returning id
  `;
  return rows.length > 0;
}

/** Ends every session of a user but `exceptId`; returns the ids of those that had not ended before. */
export async function revokeSessionsOf(
  tx: Db,
  s: { userId: string; exceptId?: string; reason: string; now: Temporal.Instant },
): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    update sessions set revoked_at = ${s.now.toString()}, revoke_reason = ${s.reason}
    where user_id = ${s.userId} and revoked_at is null and expires_at > ${s.now.toString()}
      ${s.exceptId === undefined ? tx`` : tx`and id <> ${s.exceptId}`}
    returning id
  `;
  return rows.map((row) => row.id);
}

export async function hasSessions(tx: Db, userId: string): Promise<boolean> {
  const rows = await tx`select 1 from sessions where user_id = ${userId} limit 1`;
  return rows.length > 0;
}

/** When the session began, unless it has ended. */
export async function findSessionStart(sql: Db, id: string): Promise<Temporal.Instant | undefined> {
  const [row] = await sql<{ createdAt: Date }[]>`
    select created_at as "createdAt" from sessions where id = ${id} and revoked_at is null
  `;
  return row?.createdAt.toTemporalInstant();
}
