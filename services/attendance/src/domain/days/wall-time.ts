const known = new Map<string, number | null>();

/**
 * The instant (Unix milliseconds) a wall clock shows `HH:MM` on a date. What does not exist moves forward by the gap; of what
 * exists twice a `start` is the earlier, an `end` the later. Null for a date the zone skipped (Apia, 2011-12-30).
 */
export function wallTime(date: string, time: string, zone: string, edge: 'start' | 'end'): number | null {
  const key = `${zone} ${date} ${time} ${edge}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const at = Temporal.PlainDate.from(date)
    .toPlainDateTime(time)
    // Both move a time that does not exist forward; they differ on one that exists twice.
    .toZonedDateTime(zone, { disambiguation: edge === 'start' ? 'compatible' : 'later' });
  // An end on a skipped date still ends, after the gap; a start there never happens.
  const value = edge === 'start' && skips(date, zone) ? null : at.epochMilliseconds;
  // A month of one company is a few thousand wall times; beyond that memory is worth more.
  if (known.size >= 20_000) known.clear();
  known.set(key, value);
  return value;
}

/** The first instant of a local date: 00:00, or later where that does not exist. Unix milliseconds. */
export function startOfDate(date: string, zone: string): number {
  return wallTime(date, '00:00', zone, 'start') ?? startOfDate(plusDays(date, 1), zone);
}

const later = new Map<string, string>();

/** A date so many days later (or earlier). Remembered: it is asked for every date of every person. */
export function plusDays(date: string, days: number): string {
  const key = `${date} ${days}`;
  const remembered = later.get(key);
  if (remembered !== undefined) return remembered;
  const value = Temporal.PlainDate.from(date).add({ days }).toString();
  if (later.size >= 20_000) later.clear();
  later.set(key, value);
  return value;
}

/** Every date from one to another, both included. */
export function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let date = from; date <= to; date = plusDays(date, 1)) dates.push(date);
  return dates;
}

const skips = (date: string, zone: string): boolean =>
  Temporal.PlainDate.from(date).toZonedDateTime(zone).toPlainDate().toString() !== date;
