import type { Db } from '@muster/db';

/** Removes what ended before `before`, at most `limit` rows a table; returns how many. */
export async function purgeEnded(sql: Db, before: Temporal.Instant, limit: number): Promise<number> {
  const at = before.toString();
  // Rotated tokens are kept as long as their session: reuse of an old one must be noticed.
  const sessions = await sql`
    delete from sessions where id in (
      select id from sessions where expires_at < ${at} or revoked_at < ${at} limit ${limit}
    )
  `;
  const tokens = await sql`
    delete from one_time_tokens where hash in (select hash from one_time_tokens where expires_at < ${at} limit ${limit})
  `;
  const logins = await sql`
    delete from withdrawn_logins where id in (
      select id from withdrawn_logins where withdrawn_at < ${at} limit ${limit}
    )
  `;
  // A key that verifies nothing any more can only be stolen.
  const keys = await sql`delete from signing_keys where expires_at < ${at}`;
  return sessions.count + tokens.count + logins.count + keys.count + (await purgeMachines(sql, at, limit));
}

/** Secrets and keys that ended, clients and devices that were deleted: what hung on them goes with them. */
async function purgeMachines(sql: Db, at: string, limit: number): Promise<number> {
  const secrets = await sql`
    delete from client_secrets where id in (
      select id from client_secrets where expires_at < ${at} or revoked_at < ${at} limit ${limit}
    )
  `;
  const keys = await sql`
    delete from api_keys where id in (
      select id from api_keys where expires_at < ${at} or revoked_at < ${at} limit ${limit}
    )
  `;
  const clients = await sql`
    delete from clients where id in (select id from clients where deleted_at < ${at} limit ${limit})
  `;
  const devices = await sql`
    delete from devices where id in (select id from devices where deleted_at < ${at} limit ${limit})
  `;
  return secrets.count + keys.count + clients.count + devices.count;
}
