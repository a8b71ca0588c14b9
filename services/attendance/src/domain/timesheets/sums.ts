import type { AttendanceDay, OvertimeWeek } from '../days/index.ts';

/** Days and weeks added up, exactly: durations are milliseconds, late and early minutes whole as days have them. */
export interface Sums {
  presentDays: number;
  halfDays: number;
  absentDays: number;
  onLeaveDays: number;
  holidays: number;
  weeklyOffs: number;
  workedMs: number;
  roundedMs: number;
  expectedMs: number;
  offShiftMs: number;
  /** Worked beyond what was expected; what counts of it, by kind; all of that times its multiplier. */
  overtimeMs: number;
  normalMs: number;
  weekendMs: number;
  holidayMs: number;
  weightedMs: number;
  overtimeDays: number;
  overtimeAwaiting: number;
  /** What weeks that end in the period add to that. */
  weeklyMs: number;
  weeklyWeightedMs: number;
  lateDays: number;
  lateMinutes: number;
  earlyExitDays: number;
  earlyExitMinutes: number;
  /** Days on which work was expected, and done. */
  dutyDays: number;
  missedShiftDays: number;
  conflicts: number;
  missedCheckOuts: number;
  unsettledDays: number;
  /** Half days of leave by type, in order of type. */
  leaveHalves: Record<string, number>;
}

/** The sum of days and weeks of one person. The database adds up columns to the same; a test holds the two together. */
export function addUp(days: readonly AttendanceDay[], weeks: readonly OvertimeWeek[]): Sums {
  const count = (when: (day: AttendanceDay) => boolean): number => days.filter(when).length;
  const sum = (of: (day: AttendanceDay) => number): number => days.reduce((all, day) => all + of(day), 0);
  const kind = (name: string): number =>
    sum(({ overtime }) => (overtime?.kind === name ? (overtime.countedMs ?? 0) : 0));
  return {
    presentDays: count(({ status }) => status === 'PRESENT'),
    halfDays: count(({ status }) => status === 'HALF_DAY'),
    absentDays: count(({ status }) => status === 'ABSENT'),
    onLeaveDays: count(({ status }) => status === 'ON_LEAVE'),
    holidays: count(({ status }) => status === 'HOLIDAY'),
    weeklyOffs: count(({ status }) => status === 'WEEKLY_OFF'),
    workedMs: sum(({ workedMs }) => workedMs),
    roundedMs: sum(({ rounded }) => rounded.workedMs),
    expectedMs: sum(({ expectedMs }) => expectedMs),
    offShiftMs: sum(({ offShiftMs }) => offShiftMs),
    overtimeMs: sum(({ overtime }) => overtime?.workedMs ?? 0),
    normalMs: kind('NORMAL'),
    weekendMs: kind('WEEKEND'),
    holidayMs: kind('HOLIDAY'),
    weightedMs: sum(({ overtime }) => overtime?.weightedMs ?? 0),
    overtimeDays: count(({ overtime }) => (overtime?.workedMs ?? 0) > 0),
    overtimeAwaiting: count(({ overtime }) => overtime?.awaitsApproval ?? false),
    weeklyMs: weeks.reduce((all, { countedMs }) => all + countedMs, 0),
    weeklyWeightedMs: weeks.reduce((all, { weightedMs }) => all + weightedMs, 0),
    lateDays: count(({ flags }) => flags.includes('LATE')),
    lateMinutes: sum(({ lateMinutes }) => lateMinutes),
    earlyExitDays: count(({ flags }) => flags.includes('EARLY_EXIT')),
    earlyExitMinutes: sum(({ earlyExitMinutes }) => earlyExitMinutes),
    dutyDays: count(({ expectedMs, workedMs }) => expectedMs > 0 && workedMs > 0),
    missedShiftDays: count(({ flags }) => flags.includes('SHIFT_MISSED')),
    conflicts: count(({ flags }) => flags.includes('CONFLICT')),
    missedCheckOuts: count(({ flags }) => flags.includes('MISSED_CHECK_OUT')),
    unsettledDays: count(({ settled }) => !settled),
    leaveHalves: countHalves(days.map(({ leaveHalves }) => leaveHalves)),
  };
}

/** Half days by type, in order of type, so that the same leave is the same bytes. */
export function countHalves(taken: readonly (readonly string[])[]): Record<string, number> {
  const halves = new Map<string, number>();
  for (const type of taken.flat()) halves.set(type, (halves.get(type) ?? 0) + 1);
  return Object.fromEntries([...halves].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The same sums with leave under the names of its types, in order of name; a type nobody knows keeps its id. */
export const nameLeave = (sums: Sums, names: ReadonlyMap<string, string>): Sums => ({
  ...sums,
  leaveHalves: Object.fromEntries(
    Object.entries(sums.leaveHalves)
      .map(([type, halves]): [string, number] => [names.get(type) ?? type, halves])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ),
});

const none = addUp([], []);

/** The same sums with their fields in the order they are stored in, byte for byte. */
export const inOrder = (sums: Sums): Sums =>
  Object.fromEntries(Object.keys(none).map((field) => [field, sums[field as keyof Sums]])) as unknown as Sums;
