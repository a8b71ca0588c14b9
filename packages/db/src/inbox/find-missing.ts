import type { Db } from '../types.ts';

/** Which of these events this service neither handled nor parked as dead letters: what its producers must send again. */
export async function findMissing(db: Db, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db<{ event_id: string }[]>`
    select event_id from unnest(${[...ids]}::uuid[]) as event (event_id)
    where not exists (select from inbox where inbox.event_id = event.event_id)
      and not exists (select from dead_letters where dead_letters.event_id = event.event_id)
  `;
  return rows.map((row) => row.event_id);
}
