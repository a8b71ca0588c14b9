import Table from 'cli-table3';
import type { Leg, ShiftChangeReport } from './shift-change/index.ts';

const ms = (value: number): string => `${value.toFixed(1)} ms`;

const row = (name: string, leg: Leg): (string | number)[] => [
  name,
  leg.accepted,
  `${leg.refused} of ${leg.doubleTaps} double taps`,
  `${leg.sameAnswers} of ${leg.retries}`,
  leg.audited.once,
  leg.seenLive,
  ms(leg.p50Ms),
  ms(leg.p99Ms),
];

/** The report as a person reads it, with the verdict last. */
export function reportTable(report: ShiftChangeReport): string {
  const table = new Table({
    head: ['', 'accepted', 'refused', 'retries, same answer', 'audited once', 'notified live', 'p50', 'p99'],
    style: { head: [], border: [] },
  });
  table.push(row('check-in', report.in), row('check-out', report.out));
  const heading = `${report.people} people, ${report.registered} of them registered just now; the administrator got ${report.notified} notifications`;
  const verdict =
    report.faults.length === 0 ? 'Everything adds up.' : `Does not add up:\n  ${report.faults.join('\n  ')}`;
  return `\n${heading}\n${table.toString()}\n${verdict}`;
}
