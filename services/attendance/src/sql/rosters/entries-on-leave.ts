import type { Db } from '@muster/db';
import { peopleBelow } from '../people-below.ts';

/**
 * What a roster has people work on days of whole, approved leave: how much in all, and the first of it, in order of person and date. Of the
 * people of this manager, the manager included; of everybody where there is none.
 */
export async function listEntriesOnLeave(
  db: Db,
  roster: { id: string; from: string; to: string },
  managerId: string | undefined,
  limit: number,
): Promise<{ total: number; entries: { employeeId: string; date: string }[] }> {
  const rows = await db<{ employeeId: string; date: string; total: number }[]>`
    ${managerId === undefined ? db`` : peopleBelow(db, managerId)}
    select e.employee_id as "employeeId", e.date, count(*) over ()::int as total
    from roster_entries e join (
      select employee_id, date from leave_days where date between ${roster.from} and ${roster.to} and approved
      group by employee_id, date having count(*) = 2
    ) as d on d.employee_id = e.employee_id and d.date = e.date
    where e.roster_id = ${roster.id} and cardinality(e.shift_type_ids) > 0
      ${managerId === undefined ? db`` : db`and e.employee_id in (select id from below)`}
    order by e.employee_id, e.date limit ${limit}`;
  return {
    total: rows[0]?.total ?? 0,
    entries: rows.map(({ employeeId, date }) => ({ employeeId, date })),
  };
}
