import type { Tx } from '@muster/db';
import type { AttendanceDay } from '../../domain/days/index.ts';
import type { DateRange } from '../take-queued-days.ts';

/**
 * Puts down which days of closed ranges would be different by now, and forgets those that would not any more. The stored days stay as
 * they are.
 */
export async function keepWaitingDays(
  tx: Tx,
  ranges: readonly DateRange[],
  days: readonly AttendanceDay[],
  nowMs: number,
): Promise<void> {
  const rows = days.map((day) => ({ employee_id: day.employeeId, date: day.date, day: JSON.stringify(day) }));
  await tx`
    with ranges as materialized (
      select * from unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[], ${ranges.map(({ from }) => from)}::date[],
        ${ranges.map(({ to }) => to)}::date[]) as r (employee_id, from_date, to_date)
    ), input as (
      select * from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (employee_id uuid, date date, day text)
    ), stored as (
      select d.employee_id, d.date, d.day from ranges r
      join attendance_days d on d.employee_id = r.employee_id and d.date between r.from_date and r.to_date
    ), waiting as materialized (
      select employee_id, date, i.day from input i full join stored s using (employee_id, date)
      where i.day is distinct from s.day
    ), gone as (
      delete from waiting_days w using ranges r
      where w.employee_id = r.employee_id and w.date between r.from_date and r.to_date
        and not exists (select from waiting i where i.employee_id = w.employee_id and i.date = w.date)
    )
    insert into waiting_days as w (employee_id, date, since, day)
    select employee_id, date, ${new Date(nowMs)}, day from waiting
    on conflict (employee_id, date) do update set day = excluded.day where w.day is distinct from excluded.day`;
}
