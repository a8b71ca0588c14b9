/** Wrong PINs so far. `lastFailedAtMs` in Unix milliseconds. */
export interface PinFailures {
  failures: number;
  lastFailedAtMs: number;
}

export interface DelayPolicy {
  /** As many wrong ones cost nothing: people mistype. */
  free: number;
  /** The first delay; each further failure doubles it… */
  baseMs: number;
  /** …up to this: nobody is locked out for good, least of all by a colleague. */
  mostMs: number;
  /** After so long without one, counting starts anew. */
  forgetMs: number;
}

const hourMs = 3_600_000;
/** Five at once, then at most 4 an hour: a PIN of a million would be guessed within 14 years on the average. */
export const personDelay: DelayPolicy = { free: 5, baseMs: 30_000, mostMs: hourMs / 4, forgetMs: 24 * hourMs };
/** A whole shift mistypes at one kiosk; a device that tries one PIN on everybody soon waits. */
export const deviceDelay: DelayPolicy = { free: 30, baseMs: 10_000, mostMs: hourMs / 12, forgetMs: hourMs };

/** From when on another PIN is looked at (Unix milliseconds); 0 when there is nothing to wait for. */
export function pinDelayEnd({ failures, lastFailedAtMs }: PinFailures, policy: DelayPolicy, nowMs: number): number {
  if (failures < policy.free || nowMs - lastFailedAtMs >= policy.forgetMs) return 0;
  return lastFailedAtMs + Math.min(policy.mostMs, policy.baseMs * 2 ** (failures - policy.free));
}
