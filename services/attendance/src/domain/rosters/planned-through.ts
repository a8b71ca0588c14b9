const hourMs = 3_600_000;

/** The date it is, at this instant (Unix milliseconds), where days begin first: no date anywhere is later. */
export function latestDate(nowMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(nowMs + 14 * hourMs)
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .toString();
}

/**
 * The last date whose day is worth deriving because of a plan. Two days beyond today: the daily look ahead sees what is committed by
 * then, so a change that is under way meanwhile must reach farther than it.
 */
export function plannedThrough(nowMs: number): string {
  return Temporal.PlainDate.from(latestDate(nowMs)).add({ days: 2 }).toString();
}
