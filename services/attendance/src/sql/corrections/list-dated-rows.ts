import type { Db } from '@muster/db';
import { peopleBelow } from '../people-below.ts';

/** Whose rows are listed: everybody's, one person's, or those of a manager and everybody below. */
export interface WhoseRows {
  employeeId?: string | undefined;
  managerId?: string | undefined;
}

/** A row of a person and a date; the next page begins behind it. */
export interface DatedKey {
  date: string;
  employeeId: string;
}

export interface ConflictRow extends DatedKey {
  day: string;
}

export interface RangeWanted {
  from?: string | undefined;
  to?: string | undefined;
  beyond?: DatedKey | undefined;
  limit: number;
}

/** Days with conflicts, latest first: each page is `limit` steps of a partial index, a person where a manager asks. */
export async function listConflicts(
  sql: Db,
  { employeeId, managerId }: WhoseRows,
  o: RangeWanted,
): Promise<ConflictRow[]> {
  const matches = sql`'CONFLICT' = any(d.flags)
    ${o.from === undefined ? sql`` : sql`and d.date >= ${o.from}`}
    ${o.to === undefined ? sql`` : sql`and d.date <= ${o.to}`}
    ${o.beyond === undefined ? sql`` : sql`and (d.date, d.employee_id) < (${o.beyond.date}, ${o.beyond.employeeId})`}`;
  const columns = sql`d.employee_id as "employeeId", d.date, d.day`;
  if (managerId === undefined)
    return sql<ConflictRow[]>`
      select ${columns} from attendance_days d
      where ${matches} ${employeeId === undefined ? sql`` : sql`and d.employee_id = ${employeeId}`}
      order by d.date desc, d.employee_id desc limit ${o.limit}`;
  return sql<ConflictRow[]>`
    ${peopleBelow(sql, managerId)}
    select ${columns} from below b cross join lateral (
      select * from attendance_days d where d.employee_id = b.id and ${matches}
      order by d.date desc, d.employee_id desc limit ${o.limit}
    ) d
    where true ${employeeId === undefined ? sql`` : sql`and b.id = ${employeeId}`}
    order by d.date desc, d.employee_id desc limit ${o.limit}`;
}

export interface WaitingRow extends DatedKey {
  since: Date;
  /** The day as it was closed and as it would be; null: none. */
  stored: string | null;
  wanted: string | null;
}

export interface WaitingWanted {
  /** `YYYY-MM`. */
  month: string;
  siteId?: string | undefined;
  defaultSiteId: string;
  beyond?: DatedKey | undefined;
  limit: number;
}

/** Days of a closed month which would be different by now, in order of date. */
export async function listWaitingDays(
  sql: Db,
  { employeeId, managerId }: WhoseRows,
  o: WaitingWanted,
): Promise<WaitingRow[]> {
  const first = `${o.month}-01`;
  return sql<WaitingRow[]>`
    ${managerId === undefined ? sql`` : peopleBelow(sql, managerId)}
    select w.employee_id as "employeeId", w.date, w.since, d.day as stored, w.day as wanted
    from waiting_days w
    left join attendance_days d on d.employee_id = w.employee_id and d.date = w.date
    left join people p on p.id = w.employee_id
    where w.date >= ${first}::date and w.date < (${first}::date + interval '1 month')::date
      ${o.beyond === undefined ? sql`` : sql`and (w.date, w.employee_id) > (${o.beyond.date}, ${o.beyond.employeeId})`}
      ${employeeId === undefined ? sql`` : sql`and w.employee_id = ${employeeId}`}
      ${managerId === undefined ? sql`` : sql`and w.employee_id in (select id from below)`}
      ${o.siteId === undefined ? sql`` : sql`and coalesce(p.site_id, ${o.defaultSiteId}::uuid) = ${o.siteId}`}
    order by w.date, w.employee_id limit ${o.limit}`;
}
