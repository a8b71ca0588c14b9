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

/** Spans of about three months in ten zones. */
const remembered = 2000;

/**
 * {@link localDay} with a memory of its own. A span ends where the date or the offset changes, so the answer is exact at midnight and at
 * DST changes.
 */
export function createLocalDays(): (atMs: number, zone: string) => LocalDay {
  // By the day in UTC, which a few spans of a zone share; and the last, since most punches are of now.
  let spans = new Map<string, { last: Span; byDay: Map<number, Span[]> }>();
  let count = 0;
  const isIn = (atMs: number, { fromMs, untilMs }: Span): boolean => atMs >= fromMs && atMs < untilMs;

  function remember(atMs: number, zone: string): Span {
    const span = spanAt(atMs, zone);
    if (++count > remembered) [spans, count] = [new Map(), 0];
    const known = spans.get(zone) ?? { last: span, byDay: new Map<number, Span[]>() };
    const key = dayInUtc(atMs);
    known.byDay.set(key, [...(known.byDay.get(key) ?? []), span]);
    spans.set(zone, known);
    return span;
  }

  return (atMs, zone) => {
    const known = spans.get(zone);
    if (known && isIn(atMs, known.last)) return known.last.day;
    const span = known?.byDay.get(dayInUtc(atMs))?.find((one) => isIn(atMs, one)) ?? remember(atMs, zone);
    if (known) known.last = span;
    return span.day;
  };
}

const dayMs = 86_400_000;
const dayInUtc = (atMs: number): number => Math.floor(atMs / dayMs);

/**
 * The local date and offset of an instant (Unix milliseconds) in an IANA zone, computed by Temporal and remembered: it is asked for every
 * punch and every day of everybody.
 * @throws RangeError when the zone is unknown.
 */
export const localDay = createLocalDays();

/**
 * Between two changes of a zone the wall clock runs as UTC does, so a date's part of that time is counted, not looked up: a clock set back
 * across midnight (St. John's, 2010) shows one date twice, and that date's start would not tell which of the two is meant.
 */
function spanAt(atMs: number, zone: string): Span {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  // The search is exclusive: from one nanosecond later, a change at this very instant counts as past.
  const changed = at.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const changes = at.getTimeZoneTransition('next');
  const offsetMs = at.offsetNanoseconds / 1e6;
  const midnight = dayInUtc(atMs + offsetMs) * dayMs - offsetMs;
  return {
    fromMs: Math.max(midnight, changed?.epochMilliseconds ?? Number.NEGATIVE_INFINITY),
    untilMs: Math.min(midnight + dayMs, changes?.epochMilliseconds ?? Number.POSITIVE_INFINITY),
    day: { date: at.toPlainDate().toString(), offsetMinutes: Math.round(offsetMs / 60_000) },
  };
}
