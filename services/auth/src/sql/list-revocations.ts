import type { Revocations } from '@muster/contracts/http/auth';
import type { Db } from '@muster/db';

/** Sessions that ended and users whose tokens were outdated since `since`. */
export async function listRevocations(sql: Db, since: Temporal.Instant): Promise<Revocations> {
  const from = since.toString();
  const sessions = await sql<{ id: string }[]>`select id from sessions where revoked_at >= ${from}`;
  const users = await sql<{ id: string; minVer: number }[]>`
    select id, token_version as "minVer" from users where token_version_bumped_at >= ${from}
  `;
  return { sessions: sessions.map((row) => row.id), users: [...users] };
}
