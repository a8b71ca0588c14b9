import type { SummedPerson } from './describe-timesheet.ts';
import { leaveDays, minutesOf } from './describe-totals.ts';
import type { Sums } from './sums.ts';

/** A column of the timesheet's files: `ms` is a duration, which CSV shows in whole minutes and a spreadsheet as h:mm. */
export interface TimesheetColumn {
  heading: string;
  width: number;
  kind: 'text' | 'number' | 'ms';
  of(person: SummedPerson, month: string): string | number | null;
}

const text = (heading: string, width: number, of: TimesheetColumn['of']): TimesheetColumn => ({
  heading,
  width,
  kind: 'text',
  of,
});
const number = (heading: string, of: (sums: Sums) => number): TimesheetColumn => ({
  heading,
  width: 12,
  kind: 'number',
  of: ({ sums }) => of(sums),
});
const duration = (heading: string, of: (sums: Sums) => number): TimesheetColumn => ({
  ...number(heading, of),
  kind: 'ms',
});
const add = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Days of leave by type in words, for instance `annual 2.5; sick 1`. */
export const leaveInWords = (halves: Record<string, number>): string =>
  Object.entries(leaveDays(halves))
    .map(([type, days]) => `${type} ${days}`)
    .join('; ');

/** The columns of timesheet files, in order. */
export const timesheetColumns: readonly TimesheetColumn[] = [
  text('month', 9, (_, month) => month),
  text('employeeId', 38, ({ employeeId }) => employeeId),
  text('workId', 12, ({ workId }) => workId),
  text('name', 28, ({ name }) => name),
  text('siteId', 38, ({ siteId }) => siteId),
  text('department', 20, ({ department }) => department),
  number('daysPresent', (sums) => sums.presentDays),
  number('daysHalf', (sums) => sums.halfDays),
  number('daysAbsent', (sums) => sums.absentDays),
  number('daysOnLeave', (sums) => sums.onLeaveDays),
  number('holidays', (sums) => sums.holidays),
  number('weeklyOffs', (sums) => sums.weeklyOffs),
  number('leaveDays', (sums) => add(Object.values(sums.leaveHalves)) / 2),
  text('leave', 24, ({ sums }) => leaveInWords(sums.leaveHalves)),
  duration('worked', (sums) => sums.workedMs),
  duration('rounded', (sums) => sums.roundedMs),
  duration('expected', (sums) => sums.expectedMs),
  duration('offShift', (sums) => sums.offShiftMs),
  duration('overtimeWorked', (sums) => sums.overtimeMs),
  duration('overtimeNormal', (sums) => sums.normalMs),
  duration('overtimeWeekend', (sums) => sums.weekendMs),
  duration('overtimeHoliday', (sums) => sums.holidayMs),
  duration('overtimeWeekly', (sums) => sums.weeklyMs),
  duration('overtimeWeighted', (sums) => sums.weightedMs + sums.weeklyWeightedMs),
  number('lateDays', (sums) => sums.lateDays),
  number('lateMinutes', (sums) => sums.lateMinutes),
  number('earlyExitDays', (sums) => sums.earlyExitDays),
  number('earlyExitMinutes', (sums) => sums.earlyExitMinutes),
  number('conflicts', (sums) => sums.conflicts),
  number('missedCheckOuts', (sums) => sums.missedCheckOuts),
  number('unsettledDays', (sums) => sums.unsettledDays),
  number('overtimeAwaiting', (sums) => sums.overtimeAwaiting),
  text('locked', 8, ({ locked }) => (locked ? 'yes' : 'no')),
];

/** A row for CSV: durations in whole minutes. */
export const csvCells = (person: SummedPerson, month: string): (string | number | null)[] =>
  timesheetColumns.map(({ kind, of }) => {
    const value = of(person, month);
    return kind === 'ms' && typeof value === 'number' ? minutesOf(value) : value;
  });

/** A row for a spreadsheet: durations are parts of a day, which it shows as h:mm and can add up. */
export const sheetCells = (person: SummedPerson, month: string): (string | number | null)[] =>
  timesheetColumns.map(({ kind, of }) => {
    const value = of(person, month);
    // XML has no U+FFFE and U+FFFF: one of them in a name, and nobody could open the workbook.
    if (typeof value === 'string') return value.replaceAll(/[\ufffe\uffff]/g, '\ufffd');
    return kind === 'ms' && value !== null ? value / 86_400_000 : value;
  });
