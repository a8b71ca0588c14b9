import type { Db } from '@muster/db';

export interface WaitingRow {
  employeeId: string;
  name: string | null;
  siteId: string | null;
  department: string | null;
  date: string;
  kind: 'NORMAL' | 'WEEKEND' | 'HOLIDAY';
  overtimeMs: number;
  countedMs: number;
  version: number | null;
  approvedMinutes: number | null;
}

export interface WaitingWanted {
  /** This manager's own people, however far down, and the manager. */
  managerId?: string | undefined;
  employeeId?: string | undefined;
  siteId?: string | undefined;
  /** As the projection spells them. */
  departments?: string[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Days before this one in the order of the list. */
  before?: { date: string; employeeId: string } | undefined;
  limit: number;
}

/**
 * Days whose overtime waits for approval, the latest first. Everybody's walk one partial index from the cursor on; where people are named
 * each walks their own and stops after `limit` rows: page 1 and page 1,000 cost the same.
 */
export async function listWaitingOvertime(sql: Db, o: WaitingWanted): Promise<WaitingRow[]> {
  const matches = sql`d.overtime_awaits
    ${o.from === undefined ? sql`` : sql`and d.date >= ${o.from}`} ${o.to === undefined ? sql`` : sql`and d.date <= ${o.to}`}
    ${o.before === undefined ? sql`` : sql`and (d.date, d.employee_id) < (${o.before.date}::date, ${o.before.employeeId}::uuid)`}`;
  const page = sql`order by d.date desc, d.employee_id desc limit ${o.limit}`;
  const columns = sql`d.employee_id, d.date, d.overtime_kind, d.overtime_beyond_ms, d.overtime_ms`;
  const named = [o.managerId, o.employeeId, o.siteId, o.departments].some((one) => one !== undefined);
  const days = named
    ? sql`select ${columns} from people p cross join lateral (
        select * from attendance_days d where d.employee_id = p.id and ${matches} ${page}
      ) d where true
        ${o.managerId === undefined ? sql`` : sql`and p.id in (select id from below)`}
        ${o.employeeId === undefined ? sql`` : sql`and p.id = ${o.employeeId}`}
        ${o.siteId === undefined ? sql`` : sql`and p.site_id = ${o.siteId}`}
        ${o.departments === undefined ? sql`` : sql`and p.department = any(${o.departments})`} ${page}`
    : sql`select ${columns} from attendance_days d where ${matches} ${page}`;
  return sql<WaitingRow[]>`
    with recursive below (id) as (
      select ${o.managerId ?? null}::uuid
      union
      select p.id from people p join below on p.manager_id = below.id
    ), days as (${days})
    select d.employee_id as "employeeId", p.name, p.site_id as "siteId", p.department, d.date, d.overtime_kind as kind,
      d.overtime_beyond_ms as "overtimeMs", d.overtime_ms as "countedMs", a.version, a.minutes as "approvedMinutes"
    from days d left join people p on p.id = d.employee_id
    left join lateral (
      select version, minutes from overtime_approvals a
      where a.employee_id = d.employee_id and a.date = d.date order by version desc limit 1
    ) a on true
    order by d.date desc, d.employee_id desc`;
}

/** A day's overtime as it is stored; undefined where there is no day. */
export async function findOvertime(
  sql: Db,
  employeeId: string,
  date: string,
): Promise<{ overtimeMs: number; locked: boolean } | undefined> {
  const [row] = await sql<{ overtimeMs: number; locked: boolean }[]>`
    select overtime_beyond_ms as "overtimeMs", exists (
      select from locked_months l where l.employee_id = d.employee_id and l.month = date_trunc('month', d.date)::date
    ) as locked
    from attendance_days d where employee_id = ${employeeId} and date = ${date}`;
  return row;
}
