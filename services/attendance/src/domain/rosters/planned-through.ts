import { plusDays } from '../days/wall-time.ts';

const hourMs = 3_600_000;

/** The date it is, at this instant (Unix milliseconds), where days begin first: no date anywhere is later. */
export function latestDate(nowMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(nowMs + 14 * hourMs)
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .toString();
}

/** The last date whose day is stored because of the plan alone (`nowMs`: Unix milliseconds): it has not begun anywhere before. */
export function storedThrough(nowMs: number): string {
  return plusDays(latestDate(nowMs), 1);
}

/**
 * The last date that a change of the plan queues: a day beyond what is stored. The daily look ahead sees what is committed by then, so a
 * change that is under way meanwhile must reach farther than it.
 */
export function plannedThrough(nowMs: number): string {
  return plusDays(latestDate(nowMs), 2);
}

/** How far ahead the roster is counted for the planned headcount, in days. */
export const headcountDays = 14;

/** Dates whose shifts may fall into the planned headcount: one of the day before may still end within it, wherever on earth it is. */
export function headcountDates(nowMs: number): { from: string; to: string } {
  const latest = latestDate(nowMs);
  return { from: plusDays(latest, -3), to: plusDays(latest, headcountDays + 1) };
}
