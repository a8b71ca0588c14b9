import { createHash } from 'node:crypto';
import type { Sums } from './sums.ts';
import { leaveInWords } from './timesheet-columns.ts';
import { toCsv } from './to-csv.ts';

/** A person's closed month. */
export interface PayrollRow {
  month: string;
  siteId: string;
  version: number;
  employeeId: string;
  department: string | null;
  sums: Sums;
}

/** Hundredths of an hour of exact milliseconds, halves up: the one rounding of the whole export. */
export const hundredthsOf = (ms: number): number => Math.floor(ms / 36_000 + 0.5);

const decimal = (hundredths: number): string =>
  `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;

interface Column {
  heading: string;
  /** Whole units that add up: days and minutes as they are, halves of days, hundredths of hours. */
  of(sums: Sums): number;
  show(units: number): string;
}
const count = (heading: string, of: Column['of']): Column => ({ heading, of, show: String });
const hours = (heading: string, ms: Column['of']): Column => ({
  heading,
  of: (sums) => hundredthsOf(ms(sums)),
  show: decimal,
});
const halves = ({ leaveHalves }: Sums): number => Object.values(leaveHalves).reduce((a, b) => a + b, 0);

const columns: readonly Column[] = [
  count('daysPresent', (sums) => sums.presentDays),
  count('daysHalf', (sums) => sums.halfDays),
  count('daysAbsent', (sums) => sums.absentDays),
  count('daysOnLeave', (sums) => sums.onLeaveDays),
  count('holidays', (sums) => sums.holidays),
  count('weeklyOffs', (sums) => sums.weeklyOffs),
  { heading: 'leaveDays', of: halves, show: (units) => `${Math.floor(units / 2)}.${units % 2 === 0 ? 0 : 5}` },
  hours('hoursWorked', (sums) => sums.workedMs),
  hours('hoursPayable', (sums) => sums.roundedMs),
  hours('hoursExpected', (sums) => sums.expectedMs),
  hours('hoursOvertimeNormal', (sums) => sums.normalMs),
  hours('hoursOvertimeWeekend', (sums) => sums.weekendMs),
  hours('hoursOvertimeHoliday', (sums) => sums.holidayMs),
  hours('hoursOvertimeWeekly', (sums) => sums.weeklyMs),
  hours('hoursOvertimeWeighted', (sums) => sums.weightedMs + sums.weeklyWeightedMs),
  count('lateMinutes', (sums) => sums.lateMinutes),
  count('earlyExitMinutes', (sums) => sums.earlyExitMinutes),
];

const heading = [
  ...['record', 'month', 'siteId', 'version', 'employeeId', 'department'],
  ...columns.map((column) => column.heading),
  ...['leaveByType', 'checksum'],
];

/**
 * The payroll export, line by line; its layout is docs/payroll-export.md. The same rows give the same bytes. The last line adds up what the
 * lines above show, and carries the SHA-256 of their bytes.
 */
export async function* payrollFile(batches: AsyncIterable<readonly PayrollRow[]>): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const totals = columns.map(() => 0);
  const leave = new Map<string, number>();
  let people = 0;
  let month = '';
  const first = toCsv([heading]);
  hash.update(first);
  yield first;
  for await (const batch of batches) {
    const lines = batch.map((row) => {
      people += 1;
      month = row.month;
      for (const [type, n] of Object.entries(row.sums.leaveHalves)) leave.set(type, (leave.get(type) ?? 0) + n);
      const cells = columns.map(({ of, show }, i) => {
        const units = of(row.sums);
        totals[i] = (totals[i] ?? 0) + units;
        return show(units);
      });
      const { siteId, version, employeeId, department, sums } = row;
      return ['P', row.month, siteId, version, employeeId, department, ...cells, leaveInWords(sums.leaveHalves), null];
    });
    const text = toCsv(lines);
    hash.update(text);
    yield text;
  }
  const all = Object.fromEntries([...leave].sort(([a], [b]) => (a < b ? -1 : 1)));
  const sums = columns.map(({ show }, i) => show(totals[i] ?? 0));
  yield toCsv([['T', month, null, null, people, null, ...sums, leaveInWords(all), hash.digest('hex')]]);
}
