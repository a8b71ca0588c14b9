/** How long sessions live, in seconds. */
export interface SessionLife {
  /** Unused for this long, a session ends: the life of each of its refresh tokens. */
  idleSeconds: number;
  /** No session outlives this, however often it is refreshed. */
  absoluteSeconds: number;
}

/** Two tabs racing with one refresh token within this are no theft. */
export const GRACE_SECONDS = 10;
/** Who signed in this recently need not prove it again before a sign-in factor is changed. */
export const YOUNG_MINUTES = 15;

/** The absolute end of a session that begins now. */
export const absoluteEnd = (now: Temporal.Instant, life: SessionLife): Temporal.Instant =>
  now.add({ seconds: life.absoluteSeconds });

/** When a refresh token issued now ends. */
export const slidingEnd = (
  now: Temporal.Instant,
  absoluteExpiresAt: Temporal.Instant,
  life: SessionLife,
): Temporal.Instant => earlier(now.add({ seconds: life.idleSeconds }), absoluteExpiresAt);

/** When an access token of this life ends, in seconds since 1970 like `issuedAt`: never after its session. */
export const accessEnd = (issuedAt: number, lifeSeconds: number, sessionExpiresAt: Temporal.Instant): number =>
  Math.min(issuedAt + lifeSeconds, Math.floor(sessionExpiresAt.epochMilliseconds / 1000));

/** True within {@link YOUNG_MINUTES} of the sign-in; refreshing a session does not make it young again. */
export const isYoungSession = (start: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, start.add({ minutes: YOUNG_MINUTES })) <= 0;

const earlier = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(a, b) < 0 ? a : b;
