import type { Db } from '../types.ts';

/**
 * Records events as handled by `consumer` (the app-id) and returns the ids seen for the first time. Call it in the
 * transaction that applies them. A parallel delivery of the same event waits here until the other one is decided.
 */
export async function claimInbox(tx: Db, consumer: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  // One order for everybody: two deliveries sharing events would deadlock otherwise.
  const sorted = [...new Set(ids)].sort();
  const rows = await tx<{ event_id: string }[]>`
    insert into inbox (event_id, consumer)
    select event_id, ${consumer} from unnest(${sorted}::uuid[]) as event (event_id)
    on conflict do nothing
    returning event_id
  `;
  return new Set(rows.map((row) => row.event_id));
}
