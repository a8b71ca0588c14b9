/** Unix milliseconds as RFC 3339 in UTC, always with three decimals: `2026-03-29T01:00:00.000Z`. */
export function isoInstant(atMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toString({ smallestUnit: 'millisecond' });
}
