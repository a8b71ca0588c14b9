import type { Db } from '@muster/db';

/** Ids of the shift types that may be planned, by folded name. */
export async function loadNamedTypes(db: Db): Promise<Map<string, string>> {
  const rows = await db<{ id: string; key: string }[]>`
    select id, name_key as key from shift_types where retired_at is null`;
  return new Map(rows.map(({ id, key }) => [key, id]));
}
