import type { Role } from '@muster/contracts';
import type { Db, Tx } from '@muster/db';

/** What auth last said about a login; `role` is null until an event named one. */
export interface Login {
  version: number;
  role: Role | null;
  deleted: boolean;
}

/** Keeps what an event of `version` said. False when a later event was here before: then it changes nothing. */
export async function saveLogin(
  tx: Tx,
  login: { userId: string; version: number; role: Role; deleted: boolean; at: string },
): Promise<boolean> {
  const rows = await tx`
    insert into logins (user_id, version, role, deleted, updated_at)
    values (${login.userId}, ${login.version}, ${login.role}, ${login.deleted}, ${login.at})
    on conflict (user_id) do update set
      version = excluded.version, role = excluded.role, deleted = excluded.deleted, updated_at = excluded.updated_at
    where logins.version < excluded.version
    returning user_id
  `;
  return rows.length > 0;
}

/** What is known of this login. */
export async function findLogin(db: Db, userId: string): Promise<Login | undefined> {
  const [row] = await db<Login[]>`select version, role, deleted from logins where user_id = ${userId}`;
  return row;
}
