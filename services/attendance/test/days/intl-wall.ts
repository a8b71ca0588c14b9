// The wall clock by other means than Temporal: as Intl prints it, searched minute by minute.

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone at an instant, as if it were UTC. Unix milliseconds. */
export function wallMs(atMs: number, zone: string): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second);
}

/** Every instant at which the wall shows a date and time; none inside a gap, two where the clocks go back. */
export function instantsOf(date: string, time: string, zone: string): number[] {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const found = new Set<number>();
  // A candidate for each offset the zone has around that day.
  for (let hour = -30; hour <= 30; hour++) {
    const near = wanted + hour * 3_600_000;
    const candidate = wanted - (wallMs(near, zone) - near);
    if (wallMs(candidate, zone) === wanted) found.add(candidate);
  }
  return [...found].sort((a, b) => a - b);
}

/** A wall time inside a gap, moved forward by the gap: read with the offset that held before it. */
export function afterGap(date: string, time: string, zone: string): number {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const before = wanted - 30 * 3_600_000;
  return wanted - (wallMs(before, zone) - before);
}
