import type { Tx } from '@muster/db';
import type { RecipientChange } from '../domain/recipient-change.ts';

/** Applies changes, each user at most once; what is older than the known version changes nothing. */
export async function upsertRecipients(tx: Tx, changes: readonly RecipientChange[]): Promise<void> {
  await tx`
    insert into recipients as known (user_id, role, role_version, active, active_version)
    select user_id, role, role_version, active, active_version from unnest(
      ${changes.map((change) => change.userId)}::uuid[], ${changes.map((change) => change.role)}::text[],
      ${changes.map((change) => change.roleVersion)}::int[],
      ${changes.map((change) => String(change.active))}::text[]::boolean[],
      ${changes.map((change) => change.activeVersion)}::int[]
    ) as change (user_id, role, role_version, active, active_version)
    on conflict (user_id) do update set
      role = case when excluded.role_version > known.role_version then excluded.role else known.role end,
      role_version = greatest(excluded.role_version, known.role_version),
      active = case when excluded.active_version > known.active_version then excluded.active else known.active end,
      active_version = greatest(excluded.active_version, known.active_version)
  `;
}

/** The active users who administer people. */
export async function listStaff(tx: Tx): Promise<string[]> {
  const rows = await tx<{ user_id: string }[]>`
    select user_id from recipients where active and role in ('admin', 'hr') order by user_id
  `;
  return rows.map((row) => row.user_id);
}
