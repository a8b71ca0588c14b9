import type { Db } from '@muster/db';

export interface BoardRow {
  id: string;
  name: string;
  siteId: string;
  siteName: string | null;
  zone: string | null;
  /** JSON of {@link StoredPlan}s of the dates that count now, in order. */
  plans: string | null;
  /** JSON of `[session, check-in, check-out or null, on a break since or null]`, instants in Unix milliseconds, in order. */
  stays: string | null;
}

/** Whom to show: a site, a department, a manager's people, one person; together they narrow. */
export interface BoardFilter {
  siteId?: string | undefined;
  departments?: string[] | undefined;
  managerId?: string | undefined;
  employeeId?: string | undefined;
}

/**
 * Everybody of a board with what is planned for now and the stays that reach into it, in one round trip, in order of id: plans by their
 * key, sessions by (person, id) from `lowestId` on, and the open one, however old, by its partial index.
 */
export const loadBoard = (sql: Db, filter: BoardFilter, nowMs: number, lowestId: string): Promise<BoardRow[]> => {
  const now = new Date(nowMs);
  return sql<BoardRow[]>`
    ${filter.managerId === undefined ? sql`` : below(sql, filter.managerId)}
    select p.id, p.name, p.site_id as "siteId", s.name as "siteName", s.zone, l.plans, a.stays
    from people p
    left join sites s on s.id = p.site_id
    left join lateral (
      select '[' || string_agg(plan, ',' order by date) || ']' as plans from live_plans
      where employee_id = p.id and from_at <= ${now} and until_at > ${now}
    ) l on true
    left join lateral (
      select json_agg(json_build_array(id, (extract(epoch from check_in_at) * 1000)::bigint,
          (extract(epoch from check_out_at) * 1000)::bigint, (extract(epoch from break_since) * 1000)::bigint) order by id)::text as stays
      from (
        select id, check_in_at, check_out_at, break_since from attendance_sessions
        where employee_id = p.id and id >= ${lowestId}
        union all
        select id, check_in_at, check_out_at, break_since from attendance_sessions
        where employee_id = p.id and check_out_at is null and id < ${lowestId}
      ) as stays
    ) a on true
    where p.status = 'active' and p.role <> 'kiosk'
      ${filter.siteId === undefined ? sql`` : sql`and p.site_id = ${filter.siteId}`}
      ${filter.departments === undefined ? sql`` : sql`and p.department = any(${filter.departments})`}
      ${filter.employeeId === undefined ? sql`` : sql`and p.id = ${filter.employeeId}`}
      ${filter.managerId === undefined ? sql`` : sql`and p.id in (select id from below)`}
    order by p.id`;
};

/** Walks the line of command down by an index; `union` ends in a circle, too. */
const below = (sql: Db, managerId: string) => sql`
  with recursive below (id) as (
    select ${managerId}::uuid
    union
    select p.id from people p join below on p.manager_id = below.id
  )`;
