import type { DayChange, DayInShort } from '@muster/contracts/http/attendance-corrections';
import type { AttendanceDay } from '../days/index.ts';
import { isoInstant } from '../instant.ts';

/** A date whose day is not the same in both lists; null: there is none. */
export interface ChangedDay {
  date: string;
  before: AttendanceDay | null;
  after: AttendanceDay | null;
}

/** The dates on which two derivations of a person's days differ, byte for byte, in order. */
export function changedDays(before: readonly AttendanceDay[], after: readonly AttendanceDay[]): ChangedDay[] {
  const was = new Map(before.map((day) => [day.date, day]));
  const is = new Map(after.map((day) => [day.date, day]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .map((date) => ({ date, before: was.get(date) ?? null, after: is.get(date) ?? null }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}

/** A day in short, as clients see it: whole minutes, rounded down. */
export const dayInShort = (day: AttendanceDay): DayInShort => ({
  status: day.status,
  flags: day.flags,
  workedMinutes: Math.floor(day.workedMs / 60_000),
  stays: day.stays.map(({ fromMs, toMs, auto }) => ({
    checkInAt: isoInstant(fromMs),
    checkOutAt: toMs === null ? null : isoInstant(toMs),
    auto,
  })),
});

export const describeChange = ({ date, before, after }: ChangedDay): DayChange => ({
  date,
  before: before && dayInShort(before),
  after: after && dayInShort(after),
});

/** Every fact a day names. */
export function factIdsOf(day: AttendanceDay | null): Set<string> {
  if (!day) return new Set();
  const { stays, breaks, conflicts, unpairedIds, repeatedIds, supersededIds } = day;
  const ids = [
    ...stays.flatMap(({ inId, outId }) => [inId, outId]),
    ...breaks.flatMap(({ startId, endId }) => [startId, endId]),
    ...conflicts.flatMap(({ factIds }) => factIds),
    ...unpairedIds,
    ...repeatedIds,
    ...supersededIds,
  ];
  return new Set(ids.filter((id) => id !== null));
}
