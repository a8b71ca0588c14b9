// The demo counts by other means than what it checks: UTC milliseconds, and Intl for what a zone's clocks show.

export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds by which a zone's clocks are ahead of UTC at an instant. */
export function offsetMs(zone: string, atMs: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000;
}

/** When a zone's clocks show that: the earlier instant for a start, the later for an end; a time that is left out moves forward. */
export function instantOf(zone: string, date: string, time: string, edge: 'start' | 'end'): number {
  const shown = Date.parse(`${date}T${time}:00Z`);
  const before = shown - offsetMs(zone, shown - dayMs);
  const after = shown - offsetMs(zone, shown + dayMs);
  const right = [before, after].filter((at) => at + offsetMs(zone, at) === shown);
  if (right.length === 0) return before;
  return edge === 'start' ? Math.min(...right) : Math.max(...right);
}

export const plusDays = (date: string, days: number): string => isoDate(Date.parse(date) + days * dayMs);
export const isoDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
export const localDate = (zone: string, atMs: number): string => isoDate(atMs + offsetMs(zone, atMs));

/** Monday of a date's week. */
export const mondayOf = (date: string): string => plusDays(date, -((new Date(date).getUTCDay() + 6) % 7));

/** The latest date before `today` in which the zone's clocks change; undefined where none does within `days`. */
export function lastClockChange(zone: string, today: string, days: number): string | undefined {
  for (let back = 1; back <= days; back += 1) {
    const date = plusDays(today, -back);
    const begins = instantOf(zone, date, '00:00', 'start');
    if (offsetMs(zone, begins) !== offsetMs(zone, begins + dayMs)) return date;
  }
  return undefined;
}
