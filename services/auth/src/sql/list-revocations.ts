import type { Revocations } from '@muster/contracts/http/auth';
import type { Db } from '@muster/db';

/** What ended since `since`: sessions, API keys and clients' secrets; and users, clients and devices whose tokens were outdated. */
export async function listRevocations(sql: Db, since: Temporal.Instant): Promise<Revocations> {
  const from = since.toString();
  const sessions = await sql<{ id: string }[]>`
    select id from sessions where revoked_at >= ${from}
    union all select id from api_keys where revoked_at >= ${from}
    union all select id from client_secrets where revoked_at >= ${from}
  `;
  const users = await sql<{ id: string; minVer: number }[]>`
    select id, token_version as "minVer" from users where token_version_bumped_at >= ${from}
    union all select id, token_version from clients where token_version_bumped_at >= ${from}
    union all select id, token_version from devices where token_version_bumped_at >= ${from}
  `;
  return { sessions: sessions.map((row) => row.id), users: [...users] };
}
