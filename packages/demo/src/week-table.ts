import Table from 'cli-table3';
import type { WeekReport } from './week/index.ts';

const hours = (minutes: number): string => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

/** The report of the week as a person reads it, with the verdict last. */
export function weekTable(report: WeekReport): string {
  const table = new Table({
    head: ['', 'worked', 'expected', 'overtime', 'late', 'leave', 'adds up', ''],
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'left', 'left'],
  });
  for (const { name, story, worked, expected, overtime, late, leaveDays, isRight } of report.rows)
    table.push([
      ...[name, hours(worked), hours(expected), hours(overtime), `${late} min`, `${leaveDays} d`],
      ...[isRight ? 'yes' : 'NO', story],
    ]);
  const { punches } = report;
  const clocks =
    report.clockChange === null ? 'no clock changed' : `clocks changed in the night to ${report.clockChange}`;
  const heading =
    `The week from ${report.monday} in ${report.zone}: ${clocks}. ${report.shifts} shifts, ${punches.online} punches in time, ` +
    `${punches.offline} later from a kiosk without a network, ${report.corrections} corrections, ${report.leaveDays} days of leave; ` +
    `${report.minutesExplained} minutes explained`;
  const verdict =
    report.faults.length === 0
      ? 'Every minute adds up.'
      : `Does not add up:\n  ${report.faults.slice(0, 20).join('\n  ')}${report.faults.length > 20 ? '\n  …' : ''}`;
  return `\n${heading}\n${table.toString()}\n${verdict}`;
}
