/** A quarter of an hour in milliseconds: the grain in which headcount is planned. Every zone's offset is a multiple of it. */
export const quarterMs = 15 * 60_000;

/** How many people are expected to clock in and out within one quarter of an hour. */
export interface PlannedQuarter {
  /** Unix milliseconds. */
  startsAtMs: number;
  /** People. */
  checkIns: number;
  /** People. */
  checkOuts: number;
}

/** A half-open span of time, in Unix milliseconds. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** Punches expected in a span, as fractions of people; a quarter's are spread over it evenly. */
export interface ExpectedPunches {
  checkIns: number;
  checkOuts: number;
}

/** The plans of all sites as one, a quarter each, in order of time. */
export function mergeQuarters(planned: readonly PlannedQuarter[]): PlannedQuarter[] {
  const merged = new Map<number, PlannedQuarter>();
  for (const { startsAtMs, checkIns, checkOuts } of planned) {
    const before = merged.get(startsAtMs) ?? { startsAtMs, checkIns: 0, checkOuts: 0 };
    merged.set(startsAtMs, {
      startsAtMs,
      checkIns: before.checkIns + checkIns,
      checkOuts: before.checkOuts + checkOuts,
    });
  }
  return [...merged.values()].sort((a, b) => a.startsAtMs - b.startsAtMs);
}

/** What the plan promises between two instants: each quarter gives the part of it that lies in the span. */
export function expectedPunches(planned: readonly PlannedQuarter[], span: Span): ExpectedPunches {
  let checkIns = 0;
  let checkOuts = 0;
  for (const quarter of planned) {
    const fromMs = Math.max(span.fromMs, quarter.startsAtMs);
    const toMs = Math.min(span.toMs, quarter.startsAtMs + quarterMs);
    const part = Math.max(0, toMs - fromMs) / quarterMs;
    checkIns += quarter.checkIns * part;
    checkOuts += quarter.checkOuts * part;
  }
  return { checkIns, checkOuts };
}

/**
 * Punches a second in the busiest moment of one quarter of all sites together. People do not come evenly: the busiest minute
 * is `peakFactor` times as busy as the quarter's average.
 */
export function peakPerSecond(quarter: Pick<PlannedQuarter, 'checkIns' | 'checkOuts'>, peakFactor: number): number {
  return ((quarter.checkIns + quarter.checkOuts) * peakFactor * 1000) / quarterMs;
}
