import type { Db, Sql } from '../types.ts';

// Small enough that no statement holds its locks, or the disk, for long.
const batch = 5_000;

const purgers: Record<string, (db: Db) => Promise<{ count: number }>> = {
  // created_at first: its index narrows the search to the pages that can hold something old.
  outbox: (db) => db`
    delete from outbox where id in (
      select id from outbox
      where created_at < now() - interval '1 day' and confirmed_at < now() - interval '1 day'
      limit ${batch} for update skip locked
    )
  `,
  // Longer than any event may still be sent again.
  inbox: (db) => db`
    delete from inbox where (event_id, consumer) in (
      select event_id, consumer from inbox where received_at < now() - interval '8 days'
      limit ${batch} for update skip locked
    )
  `,
  idempotency_keys: (db) => db`
    delete from idempotency_keys where (scope, key) in (
      select scope, key from idempotency_keys where created_at < now() - interval '24 hours'
      limit ${batch} for update skip locked
    )
  `,
};

/** Deletes what has served its time: events confirmed a day ago, inbox rows of 8 days, idempotency keys of 24 hours. */
export async function purgeOnce(sql: Sql): Promise<Record<string, number>> {
  const deleted: Record<string, number> = {};
  for (const [table, purge] of Object.entries(purgers)) {
    let count: number;
    let total = 0;
    do {
      ({ count } = await purge(sql));
      total += count;
    } while (count === batch);
    deleted[table] = total;
  }
  return deleted;
}
