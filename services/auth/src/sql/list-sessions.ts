import type { Db } from '@muster/db';

export interface LiveSession {
  id: string;
  userAgent: string | null;
  /** Where it was last used from. */
  ip: string | null;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
}

/** One page of a user's sessions that have not ended, the last used first, and the count of all of them. */
export async function listSessions(
  sql: Db,
  s: { userId: string; now: Temporal.Instant; page: number; limit: number },
): Promise<{ sessions: LiveSession[]; total: number }> {
  const where = sql`user_id = ${s.userId} and revoked_at is null and expires_at > ${s.now.toString()}`;
  const sessions = await sql<LiveSession[]>`
    select
      id, user_agent as "userAgent", coalesce(last_ip, ip) as ip, created_at as "createdAt",
      last_used_at as "lastUsedAt", expires_at as "expiresAt"
    from sessions where ${where}
    order by last_used_at desc, id desc limit ${s.limit} offset ${(s.page - 1) * s.limit}
  `;
  const [count] = await sql<{ total: number }[]>`select count(*) as total from sessions where ${where}`;
  return { sessions, total: count?.total ?? 0 };
}
