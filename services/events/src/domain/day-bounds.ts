import { toMilliseconds } from './to-milliseconds.ts';

/** First and last moment of a filter as instants: `from` inclusive, `to` exclusive. */
export interface Range {
  from: string | undefined;
  to: string | undefined;
}

const isDay = (value: string): boolean => !value.includes('T');

// Postgres knows no year 0, which RFC 3339 does.
const earliest = Temporal.Instant.from('0001-01-01T00:00:00Z');
const latest = Temporal.Instant.from('9999-12-31T23:59:59.999Z');

function storable(instant: Temporal.Instant): string {
  const late = Temporal.Instant.compare(instant, latest) > 0 ? latest : instant;
  return toMilliseconds((Temporal.Instant.compare(late, earliest) < 0 ? earliest : late).toString());
}

const startOf = (day: Temporal.PlainDate, zone: string): string => storable(day.toZonedDateTime(zone).toInstant());

/** The local day of `now` in `zone` as instants; 23 or 25 hours long when clocks change. */
export function dayBounds(now: Temporal.Instant, zone: string): { from: string; to: string } {
  const day = now.toZonedDateTimeISO(zone).toPlainDate();
  return { from: startOf(day, zone), to: startOf(day.add({ days: 1 }), zone) };
}

/** Turns a filter's ends, each an instant or a whole local day of `zone`, into instants. A day as `to` is included. */
export function rangeOf(from: string | undefined, to: string | undefined, zone: string): Range {
  const end = (value: string, days: number): string =>
    isDay(value)
      ? startOf(Temporal.PlainDate.from(value).add({ days }), zone)
      : storable(Temporal.Instant.from(toMilliseconds(value)));
  return { from: from === undefined ? undefined : end(from, 0), to: to === undefined ? undefined : end(to, 1) };
}
