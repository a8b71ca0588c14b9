import type { AttendanceDay } from './attendance-day.ts';
import { describeDay } from './describe-day.ts';
import type { PersonRecord } from './person-record.ts';
import { datesBetween } from './wall-time.ts';
import { readRecord, type Workings } from './workings.ts';

/**
 * A person's attendance days between two dates, both included: a pure function of the record. Facts in any order, repeated or
 * delivered in parts give the same bytes once the set is the same.
 */
export function deriveDays(record: PersonRecord, from: string, to: string): AttendanceDay[] {
  const workOut = readRecord(record);
  return datesBetween(from, to).map((date) => describeDay(record, workOut(date)));
}

/**
 * {@link deriveDays}, without the dates on which nothing happened and nothing should have: no punch, no conflict, and no shift, leave or
 * holiday of somebody employed.
 */
export function deriveEventfulDays(record: PersonRecord, from: string, to: string): AttendanceDay[] {
  const workOut = readRecord(record);
  return datesBetween(from, to).flatMap((date) => {
    const workings = workOut(date);
    return eventful(workings) ? [describeDay(record, workings)] : [];
  });
}

const eventful = ({ punches, contests, duty }: Workings): boolean =>
  punches.length > 0 || contests.length > 0 || (duty.kind !== 'NO_SHIFT' && duty.kind !== 'NOT_EMPLOYED');

/** One attendance day; see {@link deriveDays}. */
export function deriveDay(record: PersonRecord, date: string): AttendanceDay {
  return describeDay(record, readRecord(record)(date));
}
