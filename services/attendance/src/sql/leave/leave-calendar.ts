import type { Db } from '@muster/db';

export interface CalendarFilter {
  /** This manager and everybody below them; undefined: everybody. */
  below?: string | undefined;
  /** One person. */
  only?: string | undefined;
  siteId?: string | undefined;
  departments?: string[] | undefined;
  /** Whom this manager manages directly. */
  managerId?: string | undefined;
  from: string;
  to: string;
  after: string;
  limit: number;
}

/** People who are away between two dates, by id: a walk over people that stops once the page is full. */
export async function selectAwayPeople(sql: Db, f: CalendarFilter): Promise<{ employeeId: string; name: string }[]> {
  return sql<{ employeeId: string; name: string }[]>`
    with recursive below (id) as (
      select ${f.below ?? null}::uuid where ${f.below !== undefined}
      union
      select p.id from people p join below on p.manager_id = below.id
    )
    select p.id as "employeeId", p.name from people p
    where p.id > ${f.after} and p.status = 'active'
      ${f.below === undefined ? sql`` : sql`and p.id in (select id from below)`}
      ${f.only === undefined ? sql`` : sql`and p.id = ${f.only}`}
      ${f.siteId === undefined ? sql`` : sql`and p.site_id = ${f.siteId}`}
      ${f.departments === undefined ? sql`` : sql`and p.department = any(${f.departments})`}
      ${f.managerId === undefined ? sql`` : sql`and p.manager_id = ${f.managerId}`}
      and exists (
        select from leave_days d where d.employee_id = p.id and d.date between ${f.from} and ${f.to} and d.charged
      )
    order by p.id limit ${f.limit}`;
}

export interface AwayHalf {
  employeeId: string;
  date: string;
  half: 1 | 2;
  requestId: string;
  type: string;
  approved: boolean;
}

/** The half days on which these people are away or asked to be, in order; days off within a leave are left out. */
export async function selectAwayHalves(
  sql: Db,
  employeeIds: readonly string[],
  from: string,
  to: string,
): Promise<AwayHalf[]> {
  return sql<AwayHalf[]>`
    select d.employee_id as "employeeId", d.date, d.half, d.request_id as "requestId", t.name as type, d.approved
    from leave_days d join leave_requests r on r.id = d.request_id join leave_types t on t.id = r.type_id
    where d.employee_id = any(${employeeIds as string[]}::uuid[]) and d.date between ${from} and ${to} and d.charged
    order by d.employee_id, d.date, d.half`;
}
