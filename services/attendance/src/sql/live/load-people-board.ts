import type { BoardStay } from '@muster/contracts';
import type { Db } from '@muster/db';
import type { BoardRow, StoredPlan } from './board-row.ts';

/** Which of some people to show: together these narrow. */
export interface PeopleFilter {
  siteId?: string | undefined;
  departments?: string[] | undefined;
  managerId?: string | undefined;
  employeeId?: string | undefined;
}

interface Row extends Omit<BoardRow, 'plans' | 'stays'> {
  /** JSON of each. */
  plans: string | null;
  stays: string | null;
}

/**
 * Some people of a board, in order of id, in one round trip: plans by their key, sessions by (person, id) from `lowestId` on, and the
 * open one, however old, by its partial index. For a whole site there is `readSiteBoard`.
 */
export async function loadPeopleBoard(
  sql: Db,
  filter: PeopleFilter,
  nowMs: number,
  lowestId: string,
): Promise<BoardRow[]> {
  const now = new Date(nowMs);
  const rows = await sql<Row[]>`
    ${filter.managerId === undefined ? sql`` : below(sql, filter.managerId)}
    select p.id, p.site_id as "siteId", s.name as "siteName", s.zone, l.plans, a.stays
    from people p
    left join sites s on s.id = p.site_id
    left join lateral (
      select '[' || string_agg(plan, ',') || ']' as plans from live_plans
      where employee_id = p.id and from_at <= ${now} and until_at > ${now}
    ) l on true
    left join lateral (
      select ${staysOf(sql)} as stays from (
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
  const readPlans = rememberPlans();
  return rows.map(({ plans, stays, ...who }) => ({
    ...who,
    plans: readPlans(plans),
    stays: (JSON.parse(stays ?? '[]') as StayTuple[]).map(boardStay),
  }));
}

/** Reads plans from their text, each text once: many work the same shift. */
function rememberPlans(): (text: string | null) => StoredPlan[] {
  const known = new Map<string, StoredPlan[]>();
  return (text) => {
    if (text === null) return [];
    const plans = known.get(text) ?? (JSON.parse(text) as StoredPlan[]);
    known.set(text, plans);
    return plans;
  };
}

/** Walks the line of command down by an index; `union` ends in a circle, too. */
const below = (sql: Db, managerId: string) => sql`
  with recursive below (id) as (
    select ${managerId}::uuid
    union
    select p.id from people p join below on p.manager_id = below.id
  )`;

/** A stay as {@link staysOf} tells it: session, check-in, check-out or null, on a break since or null; Unix milliseconds. */
type StayTuple = [id: string, fromMs: number, toMs: number | null, breakSinceMs: number | null];

/**
 * The stays of one group of rows of `attendance_sessions`: JSON of a list of {@link StayTuple}. `date_part` counts in floating point,
 * several times as fast as `extract`, and exact for milliseconds.
 */
const staysOf = (sql: Db) => sql`
  json_agg(json_build_array(id, date_part('epoch', check_in_at) * 1000, date_part('epoch', check_out_at) * 1000,
    date_part('epoch', break_since) * 1000))::text`;

const boardStay = ([id, fromMs, toMs, breakSinceMs]: StayTuple): BoardStay => ({
  id,
  fromMs,
  toMs,
  breakSinceMs,
  breakKnownMs: 0,
});
