/** A refresh token lives this long after it was issued… */
export const SLIDING_DAYS = 7;
/** …but no session outlives this, however often it is refreshed. */
export const ABSOLUTE_DAYS = 90;
/** Two tabs racing with one refresh token within this are no theft. */
export const GRACE_SECONDS = 10;
/** Who signed in this recently need not prove it again before a sign-in factor is changed. */
export const YOUNG_MINUTES = 15;

const hoursPerDay = 24;

/** The absolute end of a session that begins now. */
export const absoluteEnd = (now: Temporal.Instant): Temporal.Instant => now.add({ hours: ABSOLUTE_DAYS * hoursPerDay });

/** When a refresh token issued now ends. */
export function slidingEnd(now: Temporal.Instant, absoluteExpiresAt: Temporal.Instant): Temporal.Instant {
  const sliding = now.add({ hours: SLIDING_DAYS * hoursPerDay });
  return Temporal.Instant.compare(sliding, absoluteExpiresAt) < 0 ? sliding : absoluteExpiresAt;
}

/** True within {@link YOUNG_MINUTES} of the sign-in; refreshing a session does not make it young again. */
export const isYoungSession = (start: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, start.add({ minutes: YOUNG_MINUTES })) <= 0;
