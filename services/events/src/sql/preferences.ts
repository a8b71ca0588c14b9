import type { Db } from '@muster/db';

export interface PreferenceRow {
  userId: string;
  kind: string;
  inApp: boolean;
  live: boolean;
}

/** What these users set for these kinds; what is not there has the default. */
export async function listPreferences(
  db: Db,
  userIds: readonly string[],
  kinds: readonly string[],
): Promise<PreferenceRow[]> {
  return await db<PreferenceRow[]>`
    select user_id as "userId", kind, in_app as "inApp", live from notification_preferences
    where user_id = any(${[...userIds]}::uuid[]) and kind = any(${[...kinds]}::text[])
  `;
}

/** Sets preferences of one user, each kind at most once. */
export async function upsertPreferences(
  db: Db,
  userId: string,
  rows: readonly Omit<PreferenceRow, 'userId'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await db`
    insert into notification_preferences (user_id, kind, in_app, live)
    select ${userId}::uuid, kind, in_app, live from unnest(
      ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => String(row.inApp))}::text[]::boolean[],
      ${rows.map((row) => String(row.live))}::text[]::boolean[]
    ) as preference (kind, in_app, live)
    on conflict (user_id, kind) do update set in_app = excluded.in_app, live = excluded.live
  `;
}
