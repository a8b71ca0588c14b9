import type { CalendarEntry, CalendarShift } from './calendar-entry.ts';

const keyOf = ({ date, shiftId }: CalendarShift): string => `${date} ${shiftId}`;

const isSame = (one: CalendarShift, other: CalendarShift): boolean =>
  one.name === other.name &&
  one.place === other.place &&
  one.startsAtMs === other.startsAtMs &&
  one.endsAtMs === other.endsAtMs;

/**
 * What a calendar has to be told anew: shifts it never heard of, shifts that changed or came back, shifts that vanished (cancelled).
 * Each change raises the sequence, or calendars keep what they have. `told` and `shifts` are of the same dates.
 */
export function changedEntries(
  told: readonly CalendarEntry[],
  shifts: readonly CalendarShift[],
  nowMs: number,
): CalendarEntry[] {
  const before = new Map(told.map((entry) => [keyOf(entry), entry]));
  const now = new Map(shifts.map((shift) => [keyOf(shift), shift]));
  const there = [...now].flatMap(([key, shift]): CalendarEntry[] => {
    const known = before.get(key);
    if (known && !known.cancelled && isSame(known, shift)) return [];
    const sequence = known ? known.sequence + 1 : 0;
    return [{ ...shift, cancelled: false, sequence, changedAtMs: nowMs }];
  });
  const gone = told
    .filter((entry) => !entry.cancelled && !now.has(keyOf(entry)))
    .map((entry) => ({ ...entry, cancelled: true, sequence: entry.sequence + 1, changedAtMs: nowMs }));
  return [...there, ...gone];
}

/** What a calendar knows after it was told of the changes, in order of start. */
export function toldAfter(told: readonly CalendarEntry[], changes: readonly CalendarEntry[]): CalendarEntry[] {
  const all = new Map([...told, ...changes].map((entry) => [keyOf(entry), entry]));
  return [...all.values()].sort(
    (a, b) => a.startsAtMs - b.startsAtMs || a.endsAtMs - b.endsAtMs || (keyOf(a) < keyOf(b) ? -1 : 1),
  );
}
