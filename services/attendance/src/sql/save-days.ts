import type { Tx } from '@muster/db';
import type { AttendanceDay } from '../domain/days/index.ts';
import { flatMapInTurns } from '../in-turns.ts';
import type { DateRange } from './take-queued-days.ts';

const waitingMs = 10 * 60_000;

/** Past what would have settled it a day waits for its devices: it is not due at once, or the queue would turn in a circle. */
function dueAt(settlesAtMs: number | null, nowMs: number): string | null {
  if (settlesAtMs === null) return null;
  const dueMs = settlesAtMs >= nowMs ? settlesAtMs : Math.ceil((nowMs + 1) / waitingMs) * waitingMs;
  return new Date(dueMs).toISOString();
}

/**
 * Puts days in the place of what is stored for the ranges they were derived for: one statement, which writes only what changed.
 * Dates of a range without a day lose their row. `nowMs`: a day that is over, but waits for a kiosk, is looked at again after that.
 */
export async function saveDays(
  tx: Tx,
  ranges: readonly DateRange[],
  days: readonly AttendanceDay[],
  nowMs: number,
): Promise<void> {
  const rows = await flatMapInTurns(days, (day) => [
    JSON.stringify({
      employee_id: day.employeeId,
      date: day.date,
      rules: day.rules,
      status: day.status,
      flags: day.flags,
      worked_ms: day.workedMs,
      expected_ms: day.expectedMs,
      rounded_ms: day.rounded.workedMs,
      off_shift_ms: day.offShiftMs,
      overtime_kind: day.overtime?.kind ?? null,
      overtime_beyond_ms: day.overtime?.workedMs ?? 0,
      overtime_ms: day.overtime?.countedMs ?? 0,
      overtime_weighted_ms: day.overtime?.weightedMs ?? 0,
      overtime_awaits: day.overtime?.awaitsApproval ?? false,
      leave_halves: day.leaveHalves,
      settled: day.settled,
      late_minutes: day.lateMinutes,
      early_exit_minutes: day.earlyExitMinutes,
      due_at: dueAt(day.settlesAtMs, nowMs),
      auto_close_at: day.autoCloseAtMs === null ? null : new Date(day.autoCloseAtMs).toISOString(),
      day: JSON.stringify(day),
    }),
  ]);
  await tx`
    with input as materialized (
      select * from json_to_recordset(${`[${rows.join()}]`}::text::json) as x (employee_id uuid, date date, rules text,
        status text, flags text[], worked_ms integer, expected_ms integer, rounded_ms integer,
        off_shift_ms integer, overtime_kind text, overtime_beyond_ms integer, overtime_ms integer, overtime_weighted_ms integer,
        overtime_awaits boolean, leave_halves text[], settled boolean, late_minutes integer, early_exit_minutes integer,
        due_at timestamptz, auto_close_at timestamptz, day text)
    ), gone as (
      delete from attendance_days d
      using unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[], ${ranges.map(({ from }) => from)}::date[],
        ${ranges.map(({ to }) => to)}::date[]) as r (employee_id, from_date, to_date)
      where d.employee_id = r.employee_id and d.date between r.from_date and r.to_date
        and not exists (select from input i where i.employee_id = d.employee_id and i.date = d.date)
    )
    insert into attendance_days as d (employee_id, date, rules, status, flags, worked_ms, expected_ms, rounded_ms,
      off_shift_ms, overtime_kind, overtime_beyond_ms, overtime_ms, overtime_weighted_ms, overtime_awaits, leave_halves, settled,
      late_minutes, early_exit_minutes, due_at, auto_close_at, day)
    select employee_id, date, rules, status, flags, worked_ms, expected_ms, rounded_ms, off_shift_ms, overtime_kind,
      overtime_beyond_ms, overtime_ms, overtime_weighted_ms, overtime_awaits, leave_halves, settled, late_minutes,
      early_exit_minutes, due_at, auto_close_at, day from input
    on conflict (employee_id, date) do update set rules = excluded.rules, status = excluded.status, flags = excluded.flags,
      worked_ms = excluded.worked_ms, expected_ms = excluded.expected_ms, rounded_ms = excluded.rounded_ms,
      off_shift_ms = excluded.off_shift_ms, overtime_kind = excluded.overtime_kind,
      overtime_beyond_ms = excluded.overtime_beyond_ms, overtime_ms = excluded.overtime_ms,
      overtime_weighted_ms = excluded.overtime_weighted_ms, overtime_awaits = excluded.overtime_awaits,
      leave_halves = excluded.leave_halves, settled = excluded.settled,
      late_minutes = excluded.late_minutes, early_exit_minutes = excluded.early_exit_minutes, due_at = excluded.due_at,
      auto_close_at = excluded.auto_close_at, day = excluded.day
    where d.day is distinct from excluded.day or d.due_at is distinct from excluded.due_at`;
}
