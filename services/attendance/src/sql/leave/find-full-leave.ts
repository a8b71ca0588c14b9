import type { Db } from '@muster/db';
import type { DateRange } from '../take-queued-days.ts';

/** The dates of people that are days of leave, approved and whole: `employeeId date`. */
export async function findFullLeave(db: Db, ranges: readonly DateRange[]): Promise<Set<string>> {
  if (ranges.length === 0) return new Set();
  const rows = await db<{ day: string }[]>`
    select d.employee_id || ' ' || d.date as day
    from unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[], ${ranges.map(({ from }) => from)}::date[],
      ${ranges.map(({ to }) => to)}::date[]) as i (employee_id, from_date, to_date)
    join leave_days d on d.employee_id = i.employee_id and d.date between i.from_date and i.to_date and d.approved
    group by d.employee_id, d.date having count(distinct d.half) = 2`;
  return new Set(rows.map(({ day }) => day));
}
