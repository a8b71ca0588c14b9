import type { Db } from '@muster/db';

/** Which of these days of people are days of leave, approved and whole: `employeeId date`. */
export async function findFullLeave(
  db: Db,
  days: readonly { employeeId: string; date: string }[],
): Promise<Set<string>> {
  if (days.length === 0) return new Set();
  const rows = await db<{ day: string }[]>`
    select d.employee_id || ' ' || d.date as day
    from unnest(${days.map(({ employeeId }) => employeeId)}::uuid[], ${days.map(({ date }) => date)}::date[]) as i (employee_id, date)
    join leave_days d on d.employee_id = i.employee_id and d.date = i.date and d.approved
    group by d.employee_id, d.date having count(distinct d.half) = 2`;
  return new Set(rows.map(({ day }) => day));
}
