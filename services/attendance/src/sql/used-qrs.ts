import type { Db } from '@muster/db';

/** Uses a code up: of all who show it at once, one gets true. */
export async function claimQr(sql: Db, q: { id: string; key: string | undefined; nowMs: number }): Promise<boolean> {
  const rows = await sql`
    insert into used_qrs (id, idempotency_key, used_at) values (${q.id}, ${q.key ?? null}, ${new Date(q.nowMs)})
    on conflict (id) do nothing returning id`;
  return rows.length > 0;
}

/** Whether the code was used by a request with this Idempotency-Key: the same request, sent again. */
export async function wasUsedWith(sql: Db, id: string, key: string): Promise<boolean> {
  const rows = await sql`select 1 from used_qrs where id = ${id} and idempotency_key = ${key}`;
  return rows.length > 0;
}

/** Removes codes used and failures counted before `before`, at most `limit` of each; returns how many. */
export async function purgeKiosk(sql: Db, before: { qrs: Date; failures: Date }, limit: number): Promise<number> {
  const qrs = await sql`
    delete from used_qrs where id in (select id from used_qrs where used_at < ${before.qrs} limit ${limit})`;
  const failures = await sql`
    delete from pin_failures where (kind, id) in (
      select kind, id from pin_failures where last_failed_at < ${before.failures} limit ${limit})`;
  return qrs.count + failures.count;
}
