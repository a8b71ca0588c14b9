/** A kiosk that was not heard of for so long is dead: nobody waits for it. Milliseconds. */
export const silentAfterMs = 7 * 24 * 3_600_000;

/**
 * Until when every punch of a site has arrived (Unix milliseconds): as far as its slowest kiosk has told, but never longer ago than
 * `lagHours`, so that one of them cannot keep absences open for ever.
 */
export function knownUntil(nowMs: number, completeUntilMs: number | null, lagHours: number): number {
  if (completeUntilMs === null) return nowMs;
  return Math.min(nowMs, Math.max(completeUntilMs, nowMs - lagHours * 3_600_000));
}
