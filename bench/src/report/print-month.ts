import Table from 'cli-table3';
import type { MonthReport } from '../month/run-month.ts';

/** A company's month as text. */
export function printMonth(month: MonthReport): string {
  const { counts, close } = month;
  const work = new Table({ head: [`${month.month}, ${counts.employees} people`, ''], style: plain });
  const perSecond = (what: number, seconds: number): string =>
    `${what} in ${seconds.toFixed(1)} s, ${Math.round(what / seconds)}/s`;
  work.push(
    ['punches written', perSecond(counts.punches, month.generatedSeconds)],
    ['days derived by the service', perSecond(month.days, month.derivedSeconds)],
    ['days derived again from the facts', perSecond(month.days, month.rebuiltSeconds)],
    ['the same bytes', month.isIdentical ? 'yes' : 'NO'],
    ['month closed', `${close.people} people, ${close.sites} sites in ${close.seconds.toFixed(1)} s`],
    ['payroll export', `${(close.exportBytes / 1e6).toFixed(1)} MB in ${close.exportSeconds.toFixed(1)} s`],
  );
  const reads = new Table({ head: ['one after the other', 'requests', 'p50 ms', 'p99 ms'], style: plain });
  for (const [what, { count, p50Ms, p99Ms }] of Object.entries(month.readings))
    reads.push([what, count, p50Ms.toFixed(1), p99Ms.toFixed(1)]);
  return `${work}\n\n${reads}`;
}

const plain = { head: [], border: [], compact: true };
