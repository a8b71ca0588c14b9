import type { TimesheetTotals } from '@muster/contracts/http/attendance-timesheets';
import type { Sums } from './sums.ts';

/** Whole minutes of exact milliseconds: rounded down, once. */
export const minutesOf = (ms: number): number => Math.floor(ms / 60_000);

/** Days of leave by type: two halves are a day. */
export const leaveDays = (halves: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(halves).map(([type, n]) => [type, n / 2]));

/** Sums as clients see them. */
export const describeTotals = (sums: Sums): TimesheetTotals => ({
  days: {
    present: sums.presentDays,
    half: sums.halfDays,
    absent: sums.absentDays,
    onLeave: sums.onLeaveDays,
    holiday: sums.holidays,
    weeklyOff: sums.weeklyOffs,
  },
  leave: leaveDays(sums.leaveHalves),
  workedMinutes: minutesOf(sums.workedMs),
  roundedMinutes: minutesOf(sums.roundedMs),
  expectedMinutes: minutesOf(sums.expectedMs),
  offShiftMinutes: minutesOf(sums.offShiftMs),
  overtime: {
    workedMinutes: minutesOf(sums.overtimeMs),
    normalMinutes: minutesOf(sums.normalMs),
    weekendMinutes: minutesOf(sums.weekendMs),
    holidayMinutes: minutesOf(sums.holidayMs),
    weeklyMinutes: minutesOf(sums.weeklyMs),
    weightedMinutes: minutesOf(sums.weightedMs + sums.weeklyWeightedMs),
  },
  late: { days: sums.lateDays, minutes: sums.lateMinutes },
  earlyExit: { days: sums.earlyExitDays, minutes: sums.earlyExitMinutes },
  open: {
    conflicts: sums.conflicts,
    missedCheckOuts: sums.missedCheckOuts,
    unsettledDays: sums.unsettledDays,
    overtimeAwaiting: sums.overtimeAwaiting,
  },
});
