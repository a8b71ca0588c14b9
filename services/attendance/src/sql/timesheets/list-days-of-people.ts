import type { Db } from '@muster/db';
import type { AttendanceDay } from '../../domain/days/index.ts';
import type { DateRange } from '../take-queued-days.ts';

/** Stored days of many people, by person, in order. */
export async function listDaysOfPeople(sql: Db, ranges: readonly DateRange[]): Promise<Map<string, AttendanceDay[]>> {
  if (ranges.length === 0) return new Map();
  const rows = await sql<{ day: string }[]>`
    select d.day
    from unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[], ${ranges.map(({ from }) => from)}::date[],
      ${ranges.map(({ to }) => to)}::date[]) as r (employee_id, from_date, to_date)
    join attendance_days d on d.employee_id = r.employee_id and d.date between r.from_date and r.to_date
    order by d.employee_id, d.date`;
  return Map.groupBy(
    rows.map(({ day }) => JSON.parse(day) as AttendanceDay),
    ({ employeeId }) => employeeId,
  );
}
