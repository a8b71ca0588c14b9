import type { Db } from '@muster/db';
import { countHalves, inOrder, type Sums } from '../../domain/timesheets/sums.ts';
import { type DaySums, sumColumns } from './sum-columns.ts';

/** Whose sums: all people, or those of certain sites, departments, managers. */
export interface PeopleWanted {
  /** One person, whether projected or not. */
  employeeId?: string | undefined;
  /** This manager and everybody below, however far down. */
  managerId?: string | undefined;
  siteId?: string | undefined;
  /** As the projection spells them. */
  departments?: string[] | undefined;
}

/** Dates, both included. */
export interface Period {
  from: string;
  to: string;
}

/** A person with the sums of a period. */
export interface PersonSums {
  employeeId: string;
  name: string | null;
  workId: string | null;
  siteId: string | null;
  department: string | null;
  /** Whether the month that the period begins with is closed. */
  locked: boolean;
  sums: Sums;
}

type Row = Omit<PersonSums, 'sums'> &
  DaySums & { weeklyMs: number; weeklyWeightedMs: number; halves: string[][] | null };

/**
 * Sums of people who are there, or were in that period, in order of id behind `after`. Each page walks an index of people from the cursor on
 * and reads its own people's days by their key: the first page costs what the thousandth does.
 */
export async function sumPeople(
  sql: Db,
  who: PeopleWanted,
  period: Period,
  page: { after: string; limit: number },
): Promise<PersonSums[]> {
  const people = sql`
    select p.id, p.name, p.work_id, p.site_id, p.department from people p
    where p.id > ${page.after}
      -- With a limit it is asked for one person after the other: of EXISTS the planner may make a hash of all days.
      and (p.status = 'active' or (
        select true from attendance_days d where d.employee_id = p.id and d.date between ${period.from} and ${period.to}
        limit 1))
      ${who.employeeId === undefined ? sql`` : sql`and p.id = ${who.employeeId}`}
      ${who.managerId === undefined ? sql`` : sql`and p.id in (select id from below)`}
      ${who.siteId === undefined ? sql`` : sql`and p.site_id = ${who.siteId}`}
      ${who.departments === undefined ? sql`` : sql`and p.department = any(${who.departments})`}
    order by p.id limit ${page.limit}`;
  return sumPeopleOf(sql, people, period, who.managerId);
}

/** As {@link sumPeople}, of everybody whose month a lock closed. */
export async function sumLockedPeople(
  sql: Db,
  lockId: string,
  period: Period,
  page: { after: string; limit: number },
): Promise<PersonSums[]> {
  const people = sql`
    select l.employee_id as id, p.name, p.work_id, p.site_id, p.department
    from locked_months l left join people p on p.id = l.employee_id
    where l.lock_id = ${lockId} and l.employee_id > ${page.after}
    order by l.employee_id limit ${page.limit}`;
  return sumPeopleOf(sql, people, period, undefined);
}

async function sumPeopleOf(
  sql: Db,
  people: ReturnType<typeof sumColumns>,
  { from, to }: Period,
  managerId: string | undefined,
): Promise<PersonSums[]> {
  const rows = await sql<Row[]>`
    with recursive below (id) as (
      select ${managerId ?? null}::uuid
      union
      select p.id from people p join below on p.manager_id = below.id
    ), page as materialized (${people})
    select page.id as "employeeId", page.name, page.work_id as "workId", page.site_id as "siteId", page.department,
      exists (
        select from locked_months l where l.employee_id = page.id and l.month = date_trunc('month', ${from}::date)::date
      ) as locked, days.*, weeks.*
    from page, lateral (
      select ${sumColumns(sql)},
        json_agg(d.leave_halves) filter (where d.leave_halves <> '{}') as halves
      from attendance_days d where d.employee_id = page.id and d.date between ${from} and ${to}
    ) days, lateral (
      select coalesce(sum(w.counted_ms), 0) as "weeklyMs", coalesce(sum(w.weighted_ms), 0) as "weeklyWeightedMs"
      from attendance_weeks w
      where w.employee_id = page.id and w.ends_on between ${from} and ${to}
        and w.from_at between ${from}::date - 9 and ${to}::date + 2
    ) weeks
    order by page.id`;
  return rows.map(({ employeeId, name, workId, siteId, department, locked, halves, ...sums }) => ({
    employeeId,
    name,
    workId,
    siteId,
    department,
    locked,
    sums: inOrder({ ...sums, leaveHalves: countHalves(halves ?? []) }),
  }));
}
