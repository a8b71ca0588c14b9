import type { Db } from '@muster/db';
import type { Limit } from '../domain/attempt-limits.ts';

/** A limit under the key its counter is stored by. */
export type Counter = Limit & { key: string };

/** Counts an attempt under all counters, or under none when one is blocked: then it answers until when. */
export async function countAttempt(sql: Db, counters: Counter[], now: Temporal.Instant): Promise<Date | undefined> {
  const [row] = await sql<{ blockedUntil: Date | null }[]>`
    select count_attempt(${now.toString()}, ${sql.json(counters.map(({ ...counter }) => counter))}) as "blockedUntil"
  `;
  return row?.blockedUntil ?? undefined;
}

/** Takes an attempt back from the counters, and forgets all of those in `cleared`. */
export async function takeAttemptBack(sql: Db, counters: Counter[], cleared: string[]): Promise<void> {
  const rules = sql.json(counters.map(({ key, free }) => ({ key, free })));
  // In the order in which attempts take their locks.
  await sql`
    with rules as (select * from jsonb_to_recordset(${rules}) as r (key text, free double precision)),
    held as materialized (
      select c.key, r.free from attempt_counters c join rules r using (key) order by c.key for update of c
    ),
    forgotten as (
      delete from attempt_counters c using held where c.key = held.key and c.key = any(${cleared})
    )
    update attempt_counters c set
      level = greatest(0, c.level - 1),
      blocked_until = case when c.level - 1 < held.free - 0.5 then null else c.blocked_until end
    from held where c.key = held.key and c.key <> all(${cleared})
  `;
}

/** Removes counters that have nothing left to tell; returns how many. */
export async function purgeAttemptCounters(sql: Db, now: Temporal.Instant, limit: number): Promise<number> {
  const at = now.toString();
  const gone = await sql`
    delete from attempt_counters where key in (
      select key from attempt_counters where forget_at < ${at} and coalesce(blocked_until, ${at}) <= ${at} limit ${limit}
    )
  `;
  return gone.count;
}
