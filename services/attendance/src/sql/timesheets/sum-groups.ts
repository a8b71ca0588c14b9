import type { Db } from '@muster/db';
import type { Reported } from '../../domain/timesheets/describe-report.ts';
import { inOrder } from '../../domain/timesheets/sums.ts';
import { type DaySums, sumColumns } from './sum-columns.ts';
import type { PeopleWanted, Period } from './sum-people.ts';

type Key = { key: string | null };

/**
 * Sums of a period by department or site, of whoever has days in it: each person's days by their key, added up in the database. Groups are
 * few, so all come at once, in order of name or id; people without a department are the last.
 */
export async function sumGroups(
  sql: Db,
  who: PeopleWanted,
  { from, to }: Period,
  by: 'department' | 'site',
): Promise<Reported[]> {
  const people = sql`
    with recursive below (id) as (
      select ${who.managerId ?? null}::uuid
      union
      select p.id from people p join below on p.manager_id = below.id
    ), who as (
      select p.id, ${by === 'site' ? sql`p.site_id::text` : sql`p.department`} as key from people p
      where true ${who.employeeId === undefined ? sql`` : sql`and p.id = ${who.employeeId}`}
        ${who.managerId === undefined ? sql`` : sql`and p.id in (select id from below)`}
        ${who.siteId === undefined ? sql`` : sql`and p.site_id = ${who.siteId}`}
        ${who.departments === undefined ? sql`` : sql`and p.department = any(${who.departments})`}
    )`;
  const days = sql`who join attendance_days d on d.employee_id = who.id and d.date between ${from} and ${to}`;
  const groups = await sql<(Key & DaySums & { people: number; name: string | null })[]>`
    ${people}, sums as (select who.key, count(distinct who.id)::int as people, ${sumColumns(sql)} from ${days} group by who.key)
    select sums.*, s.name from sums left join sites s on ${by === 'site' ? sql`s.id = sums.key::uuid` : sql`false`}
    order by sums.key nulls last`;
  const weeks = await sql<(Key & { counted: number; weighted: number })[]>`
    ${people} select who.key, sum(w.counted_ms) as counted, sum(w.weighted_ms) as weighted
    from who join attendance_weeks w on w.employee_id = who.id and w.ends_on between ${from} and ${to}
      and w.from_at between ${from}::date - 9 and ${to}::date + 2 group by who.key`;
  const leave = await sql<(Key & { type: string; halves: number })[]>`
    ${people} select who.key, type, count(*)::int as halves from ${days}, unnest(d.leave_halves) as type
    where d.leave_halves <> '{}' group by who.key, type order by type collate "C"`;
  return groups.map(({ key, people: count, name, ...sums }) => {
    const week = weeks.find((one) => one.key === key);
    const theirs = leave.filter((one) => one.key === key);
    return {
      subject: {
        employeeId: null,
        name,
        siteId: by === 'site' ? key : null,
        department: by === 'department' ? key : null,
        people: count,
      },
      sums: inOrder({
        ...sums,
        weeklyMs: week?.counted ?? 0,
        weeklyWeightedMs: week?.weighted ?? 0,
        leaveHalves: Object.fromEntries(theirs.map(({ type, halves }) => [type, halves])),
      }),
    };
  });
}
