import { GRACE_SECONDS } from './session-life.ts';

/** What is known of a refresh token that was presented. */
export interface PresentedToken {
  expiresAt: Temporal.Instant;
  rotatedAt: Temporal.Instant | null;
  sessionRevokedFor: string | null;
  maySignIn: boolean;
}

/**
 * `rotate`: a good token. `repeat`: it was rotated a moment ago, the racing caller gets the same successor.
 * `reused`: somebody holds a copy, so the family ends. `refuse`: nothing to be had with it.
 */
export type RefreshDecision = 'rotate' | 'repeat' | 'reused' | 'refuse';

export const REUSED = 'refresh-reused';

export function decideRefresh(token: PresentedToken, now: Temporal.Instant): RefreshDecision {
  // Every holder of a family that ended by reuse learns why, not only the one who came first.
  if (token.sessionRevokedFor === REUSED) return 'reused';
  if (token.sessionRevokedFor !== null || !token.maySignIn) return 'refuse';
  if (token.rotatedAt !== null) {
    const graceEnd = token.rotatedAt.add({ seconds: GRACE_SECONDS });
    return Temporal.Instant.compare(now, graceEnd) <= 0 ? 'repeat' : 'reused';
  }
  return Temporal.Instant.compare(now, token.expiresAt) < 0 ? 'rotate' : 'refuse';
}
