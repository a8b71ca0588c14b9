import type { Db, Tx } from '@muster/db';
import type { DateRange } from '../take-queued-days.ts';

export interface SiteMonth {
  siteId: string;
  /** `YYYY-MM`. */
  month: string;
  /** Where people count whom nobody has heard of yet. */
  defaultSiteId: string;
}

/** What stands between a month and its close. */
export interface OpenInMonth {
  siteId: string;
  unsettledDays: number;
  pendingCorrections: number;
  conflicts: number;
  waitingDays: number;
  overtimeAwaiting: number;
}

/** Counts of these sites, by site; one without any is missing. */
export async function countOpenInMonth(
  sql: Db,
  o: { siteIds: readonly string[]; month: string; defaultSiteId: string },
): Promise<Map<string, OpenInMonth>> {
  const first = `${o.month}-01`;
  const inMonth = sql`d.date >= ${first}::date and d.date < (${first}::date + interval '1 month')::date`;
  // By the calendar of the person's site: whose day it is after all is seen when it is decided.
  const asked = (column: 'occurred_at' | 'target_at') =>
    sql`(r.${sql(column)} at time zone coalesce(s.zone, 'UTC'))::date between ${first}::date and (${first}::date + interval '1 month - 1 day')::date`;
  const rows = await sql<OpenInMonth[]>`
    with open as (
      select d.employee_id, 'unsettled' as what from attendance_days d where d.due_at is not null and ${inMonth}
      union all
      select d.employee_id, 'conflict' from attendance_days d where 'CONFLICT' = any(d.flags) and ${inMonth}
      union all
      select d.employee_id, 'waiting' from waiting_days d where ${inMonth}
      union all
      select d.employee_id, 'overtime' from attendance_days d where d.overtime_awaits and ${inMonth}
      union all
      select r.employee_id, 'pending' from correction_requests r
      left join people p on p.id = r.employee_id left join sites s on s.id = p.site_id
      where r.status = 'pending' and (${asked('occurred_at')} or ${asked('target_at')})
    )
    select coalesce(e.site_id, ${o.defaultSiteId}::uuid) as "siteId",
      count(*) filter (where what = 'unsettled')::int as "unsettledDays",
      count(*) filter (where what = 'pending')::int as "pendingCorrections",
      count(*) filter (where what = 'conflict')::int as conflicts,
      count(*) filter (where what = 'waiting')::int as "waitingDays",
      count(*) filter (where what = 'overtime')::int as "overtimeAwaiting"
    from open o left join people e on e.id = o.employee_id
    where coalesce(e.site_id, ${o.defaultSiteId}::uuid) = any(${o.siteIds as string[]}::uuid[])
    group by 1`;
  return new Map(rows.map((row) => [row.siteId, row]));
}

/** Takes entries out of the queue that reach into a month of a site, as `takeQueuedDays` does. */
export async function takeQueuedOfMonth(tx: Tx, o: SiteMonth, limit: number): Promise<DateRange[]> {
  const first = `${o.month}-01`;
  return tx<DateRange[]>`
    with taken as (
      delete from day_queue where seq in (
        select q.seq from day_queue q left join people p on p.id = q.employee_id
        where q.from_date < (${first}::date + interval '1 month')::date and q.to_date >= ${first}::date
          and coalesce(p.site_id, ${o.defaultSiteId}::uuid) = ${o.siteId}
        order by q.seq limit ${limit} for update of q skip locked
      ) returning employee_id, from_date, to_date
    )
    select employee_id as "employeeId", lower(span) as from, upper(span) - 1 as to from (
      select employee_id, unnest(range_agg(daterange(from_date, to_date, '[]'))) as span from taken group by employee_id
    ) as spans order by employee_id, span`;
}
