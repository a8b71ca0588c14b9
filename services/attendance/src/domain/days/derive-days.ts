import type { AttendanceDay } from './attendance-day.ts';
import { countStays, notCounted, type StayCount } from './count-stays.ts';
import { describeDay } from './describe-day.ts';
import { isDoor } from './order-punches.ts';
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

/** A fact that may have begun a stay, and what came of it. */
export interface DoorCount extends StayCount {
  employeeId: string;
  /** The attendance date it belongs to. */
  date: string;
  inId: string;
  /** Unix milliseconds. */
  fromMs: number;
}

/** {@link deriveEventfulDays}, and what the stays on these dates are counted against; check-ins that begin none for nothing. */
export function deriveWithStays(
  record: PersonRecord,
  from: string,
  to: string,
): { days: AttendanceDay[]; counts: DoorCount[] } {
  const workOut = readRecord(record);
  const there = datesBetween(from, to).map(workOut).filter(eventful);
  return {
    days: there.map((workings) => describeDay(record, workings)),
    counts: there.flatMap((workings) => countDoors(record.employeeId, workings)),
  };
}

function countDoors(employeeId: string, workings: Workings): DoorCount[] {
  const { date, rules, windows, duty, paired, punches } = workings;
  const { stays } = paired;
  const counted = countStays(windows, duty.perShift, stays);
  const began = new Set(stays.map(({ inId }) => inId));
  const mayBegin = rules.punches === 'BY_TYPE' ? isCheckIn : isDoor;
  const others = punches.filter((punch) => mayBegin(punch) && !began.has(punch.id));
  return [
    ...stays.map(({ inId, fromMs }, i) => ({ employeeId, date, inId, fromMs, ...(counted[i] ?? notCounted) })),
    ...others.map(({ id, atMs }) => ({ employeeId, date, inId: id, fromMs: atMs, ...notCounted })),
  ];
}

const isCheckIn = ({ type }: { type: string }): boolean => type === 'IN';

const eventful = ({ punches, contests, duty }: Workings): boolean =>
  punches.length > 0 || contests.length > 0 || (duty.kind !== 'NO_SHIFT' && duty.kind !== 'NOT_EMPLOYED');

/** One attendance day; see {@link deriveDays}. */
export function deriveDay(record: PersonRecord, date: string): AttendanceDay {
  return describeDay(record, readRecord(record)(date));
}
