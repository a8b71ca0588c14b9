/** What a device's clock is measured by, milliseconds. */
export interface ClockLimits {
  /** So far a clock may be off, or a message under way, and its times count as they are. */
  toleranceMs: number;
  /** A clock farther off than this is not believed at all. */
  maxSkewMs: number;
}

/** One look at a device's clock, milliseconds. */
export interface ClockReading {
  /** How far it is ahead of ours; negative: behind. */
  skewMs: number;
  /** What is taken off its times. */
  appliedMs: number;
  believed: boolean;
}

/**
 * Measures a device's clock by what it showed as it sent something (`sentAtMs`) when ours showed `nowMs`. While the skew stays within the
 * tolerance of the one that was applied last (`keptMs`), that one counts on: calls of one queue agree, whatever their way took.
 */
export function readClock(
  sentAtMs: number,
  nowMs: number,
  keptMs: number | null,
  { toleranceMs, maxSkewMs }: ClockLimits,
): ClockReading {
  const skewMs = sentAtMs - nowMs;
  const believed = Math.abs(skewMs) <= maxSkewMs;
  const goesOn = keptMs !== null && keptMs !== 0 && Math.abs(skewMs - keptMs) <= toleranceMs;
  const appliedMs = !believed ? 0 : goesOn ? keptMs : Math.abs(skewMs) <= toleranceMs ? 0 : skewMs;
  return { skewMs, appliedMs, believed };
}
