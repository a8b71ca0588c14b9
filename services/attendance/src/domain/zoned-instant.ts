/** Unix milliseconds as RFC 3339 with the offset a zone has at that moment: `2026-03-29T03:00:00.000+02:00`. */
export function zonedInstant(atMs: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(atMs)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', smallestUnit: 'millisecond' });
}
