import type { ClockLimits, ClockReading } from './clock-skew.ts';

/** How much of what a device brings is believed, milliseconds. */
export interface SyncLimits extends ClockLimits {
  /** Older punches are held back for a person to look at. */
  maxAgeMs: number;
}

export const defaultSyncLimits: SyncLimits = {
  toleranceMs: 60_000,
  maxSkewMs: 24 * 3_600_000,
  maxAgeMs: 62 * 24 * 3_600_000,
};

/** A fact at an instant (Unix milliseconds); held back, so that it is not lost; or nothing that can have happened. */
export type Judgement =
  | { verdict: 'fact'; atMs: number; corrected: boolean }
  | { verdict: 'held'; reason: 'clock_not_believed' | 'too_old' }
  | { verdict: 'rejected'; reason: 'in_future' };

/** Whether a punch that a device says happened at `claimedMs` is believed, and when it counts. Limits themselves are still within. */
export function judgePunch(claimedMs: number, clock: ClockReading, nowMs: number, limits: SyncLimits): Judgement {
  if (!clock.believed) return { verdict: 'held', reason: 'clock_not_believed' };
  const atMs = claimedMs - clock.appliedMs;
  if (atMs > nowMs + limits.toleranceMs) return { verdict: 'rejected', reason: 'in_future' };
  if (atMs < nowMs - limits.maxAgeMs) return { verdict: 'held', reason: 'too_old' };
  return { verdict: 'fact', atMs, corrected: clock.appliedMs !== 0 };
}
