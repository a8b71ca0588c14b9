/** The site's wall calendar at one instant. */
export interface LocalDay {
  /** `YYYY-MM-DD` */
  date: string;
  /** Minutes east of UTC. */
  offsetMinutes: number;
}

interface Span {
  fromMs: number;
  untilMs: number;
  day: LocalDay;
}

/**
 * The local date and offset of an instant (Unix milliseconds) in an IANA zone, computed by Temporal.
 * @throws RangeError when the zone is unknown.
 */
export function localDay(atMs: number, zone: string): LocalDay {
  return spanAt(atMs, zone).day;
}

/**
 * {@link localDay} with a memory of one span per zone: at thousands of punches a second Temporal is asked once a day.
 * A span ends where the date or the offset changes, so the answer is exact at midnight and at DST changes.
 */
export function createLocalDays(): (atMs: number, zone: string) => LocalDay {
  const spans = new Map<string, Span>();
  return (atMs, zone) => {
    const known = spans.get(zone);
    if (known && atMs >= known.fromMs && atMs < known.untilMs) return known.day;
    const span = spanAt(atMs, zone);
    spans.set(zone, span);
    return span.day;
  };
}

function spanAt(atMs: number, zone: string): Span {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  // The search is exclusive: from one nanosecond later, a change at this very instant counts as past.
  const changed = at.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const changes = at.getTimeZoneTransition('next');
  const midnight = at.startOfDay();
  const nextMidnight = at.toPlainDate().add({ days: 1 }).toZonedDateTime(zone);
  return {
    fromMs: Math.max(midnight.epochMilliseconds, changed?.epochMilliseconds ?? Number.NEGATIVE_INFINITY),
    untilMs: Math.min(nextMidnight.epochMilliseconds, changes?.epochMilliseconds ?? Number.POSITIVE_INFINITY),
    day: { date: at.toPlainDate().toString(), offsetMinutes: Math.round(at.offsetNanoseconds / 60e9) },
  };
}
