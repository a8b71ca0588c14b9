import type { Db } from '@muster/db';
import { type BoardRow, plansOf, staysOf } from './board-row.ts';

/** Somebody who moved here so long ago has no session elsewhere that counts. */
const movedMs = 60 * 86_400_000;

/**
 * Everybody of a site in order of id, in one round trip: people, plans and sessions are one stretch of an index each, put together by
 * hashing. Sessions from `lowestId` on and open ones however old; those of people who moved here, wherever they began. What ended before
 * the day, and before everything planned for now, is left out. `zone`: the site's, where its own events have not arrived.
 */
export const loadSiteBoard = (
  sql: Db,
  { siteId, departments, zone }: { siteId: string; departments?: string[] | undefined; zone: string },
  nowMs: number,
  lowestId: string,
): Promise<BoardRow[]> => {
  const now = new Date(nowMs);
  const day = (days: number): string => new Date(nowMs + days * 86_400_000).toISOString().slice(0, 10);
  const columns = sql`a.id, a.employee_id, a.check_in_at, a.check_out_at, a.break_since`;
  return sql<BoardRow[]>`
    with plans as materialized (
      select employee_id, ${plansOf(sql)} as plans, min(from_at) as from_at from live_plans
      where site_id = ${siteId} and date between ${day(-2)} and ${day(2)} and from_at <= ${now} and until_at > ${now}
      group by employee_id
    ), since as materialized (
      select least((select min(from_at) from plans), date_trunc('day', ${now}::timestamptz, coalesce(
        (select zone from sites where id = ${siteId}), ${zone}))) as at
    ), stays as materialized (
      select employee_id, ${staysOf(sql)} as stays from (
        select ${columns} from attendance_sessions a where a.site_id = ${siteId} and a.id >= ${lowestId}
        union all
        select ${columns} from attendance_sessions a
        where a.site_id = ${siteId} and a.check_out_at is null and a.id < ${lowestId}
        union all
        select ${columns} from people m join attendance_sessions a on a.employee_id = m.id
        where m.site_id = ${siteId} and m.moved_at > ${new Date(nowMs - movedMs)} and a.site_id <> ${siteId}
          and (a.id >= ${lowestId} or a.check_out_at is null)
      ) as stays
      where check_out_at is null or check_out_at >= (select at from since)
      group by employee_id
    )
    select p.id, p.name, p.site_id as "siteId", s.name as "siteName", s.zone, plans.plans, stays.stays
    from people p
    left join sites s on s.id = p.site_id
    left join plans on plans.employee_id = p.id
    left join stays on stays.employee_id = p.id
    where p.site_id = ${siteId} and p.status = 'active' and p.role <> 'kiosk'
      ${departments === undefined ? sql`` : sql`and p.department = any(${departments})`}
    order by p.id`;
};
