import type { Client } from '@muster/client';
import type { AttendanceDayAnswer, ExplainAnswer } from '@muster/contracts/http/attendance';
import { minuteMs } from './calendar.ts';
import type { Counted } from './count.ts';

/** What differs between what a person did and what Muster says of it; empty is good. */
export interface Checked {
  faults: string[];
  /** Minutes of `explain` that were looked at. */
  minutes: number;
}

/** Holds a person's days and every minute of them against the demo's own count. */
export async function checkPerson(hr: Client, id: string, name: string, counted: Counted[]): Promise<Checked> {
  const dates = counted.map(({ date }) => date).sort();
  const [from = '', to = ''] = [dates[0], dates.at(-1)];
  const days = await hr.attendance.days({ employeeId: id, from, to });
  const faults: string[] = [];
  let minutes = 0;
  for (const expected of counted) {
    const what = `${name}, ${expected.date}`;
    const day = days.find(({ date }) => date === expected.date);
    faults.push(...(day === undefined ? [`${what}: no such day`] : differences(what, expected, day)));
    const explained = await hr.attendance.explain(id, expected.date);
    minutes += (Date.parse(explained.toAt) - Date.parse(explained.fromAt)) / minuteMs;
    faults.push(...explainedWrongly(what, expected, explained));
  }
  for (const { date, workedMinutes } of days)
    if (workedMinutes > 0 && !dates.includes(date)) faults.push(`${name}, ${date}: ${workedMinutes} min nobody worked`);
  return { faults, minutes };
}

function differences(what: string, expected: Counted, day: AttendanceDayAnswer): string[] {
  const pairs: [string, unknown, unknown][] = [
    ['status', day.status, expected.status],
    ['worked', day.workedMinutes, expected.worked],
    ['expected', day.expectedMinutes, expected.expected],
    ['late', day.lateMinutes, expected.late],
    ['flag LATE', day.flags.includes('LATE'), expected.isLate],
    ['early exit', day.earlyExitMinutes, expected.early],
    ['overtime', day.overtime?.countedMinutes ?? 0, expected.overtime],
    ['conflicts', day.conflicts.length, 0],
    ['settled', day.settled, true],
  ];
  return pairs.flatMap(([name, got, want]) => (got === want ? [] : [`${what}: ${name} ${got}, should be ${want}`]));
}

/** Every minute once, and counted as work exactly where it was. */
function explainedWrongly(what: string, { work }: Counted, { fromAt, toAt, spans }: ExplainAnswer): string[] {
  const faults: string[] = [];
  let at = Date.parse(fromAt);
  for (const span of spans) {
    if (Date.parse(span.fromAt) !== at) faults.push(`${what}: nothing explains ${new Date(at).toISOString()}`);
    for (at = Date.parse(span.fromAt); at < Date.parse(span.toAt); at += minuteMs) {
      const counts = work.some(({ fromMs, toMs }) => fromMs <= at && at < toMs);
      if (counts !== span.counts)
        faults.push(`${what}: ${new Date(at).toISOString()} ${span.rule} counts ${span.counts}`);
    }
    at = Date.parse(span.toAt);
  }
  if (at !== Date.parse(toAt)) faults.push(`${what}: nothing explains the end of the day`);
  return faults.slice(0, 3);
}
