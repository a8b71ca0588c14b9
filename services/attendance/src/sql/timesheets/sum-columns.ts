import type { Db } from '@muster/db';
import type { Sums } from '../../domain/timesheets/sums.ts';

/** What `d` (rows of `attendance_days`) adds up to; see `addUp`. Weeks and leave are added by whoever asks. */
export type DaySums = Omit<Sums, 'weeklyMs' | 'weeklyWeightedMs' | 'leaveHalves'>;

/** Aggregates of columns alone: nobody opens a day to add it up. */
export const sumColumns = (sql: Db) => sql`
  count(*) filter (where d.status = 'PRESENT')::int as "presentDays",
  count(*) filter (where d.status = 'HALF_DAY')::int as "halfDays",
  count(*) filter (where d.status = 'ABSENT')::int as "absentDays",
  count(*) filter (where d.status = 'ON_LEAVE')::int as "onLeaveDays",
  count(*) filter (where d.status = 'HOLIDAY')::int as holidays,
  count(*) filter (where d.status = 'WEEKLY_OFF')::int as "weeklyOffs",
  coalesce(sum(d.worked_ms), 0) as "workedMs",
  coalesce(sum(d.rounded_ms), 0) as "roundedMs",
  coalesce(sum(d.expected_ms), 0) as "expectedMs",
  coalesce(sum(d.off_shift_ms), 0) as "offShiftMs",
  coalesce(sum(d.overtime_beyond_ms), 0) as "overtimeMs",
  coalesce(sum(d.overtime_ms) filter (where d.overtime_kind = 'NORMAL'), 0) as "normalMs",
  coalesce(sum(d.overtime_ms) filter (where d.overtime_kind = 'WEEKEND'), 0) as "weekendMs",
  coalesce(sum(d.overtime_ms) filter (where d.overtime_kind = 'HOLIDAY'), 0) as "holidayMs",
  coalesce(sum(d.overtime_weighted_ms), 0) as "weightedMs",
  count(*) filter (where d.overtime_beyond_ms > 0)::int as "overtimeDays",
  count(*) filter (where d.overtime_awaits)::int as "overtimeAwaiting",
  count(*) filter (where 'LATE' = any(d.flags))::int as "lateDays",
  coalesce(sum(d.late_minutes), 0) as "lateMinutes",
  count(*) filter (where 'EARLY_EXIT' = any(d.flags))::int as "earlyExitDays",
  coalesce(sum(d.early_exit_minutes), 0) as "earlyExitMinutes",
  count(*) filter (where d.expected_ms > 0 and d.worked_ms > 0)::int as "dutyDays",
  count(*) filter (where 'SHIFT_MISSED' = any(d.flags))::int as "missedShiftDays",
  count(*) filter (where 'CONFLICT' = any(d.flags))::int as conflicts,
  count(*) filter (where 'MISSED_CHECK_OUT' = any(d.flags))::int as "missedCheckOuts",
  count(*) filter (where not d.settled)::int as "unsettledDays"`;
