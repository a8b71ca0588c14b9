import type { Deps } from '../deps.ts';
import { purgeAttemptCounters } from '../sql/attempt-counters.ts';
import { purgeKnownPlaces } from '../sql/known-places.ts';
import { deleteOldChallenges } from '../sql/passkey-challenges.ts';
import { purgeEnded as deleteEnded } from '../sql/purge.ts';

/** Longer than any access token lives, so that the revocation list never misses a session. */
const keepHours = 48;
const batch = 1000;

/**
 * Removes sessions, one-time tokens, notes and signing keys that ended two days ago, passkey challenges that nobody answered,
 * and what limits need no more, in small batches. Returns how many.
 */
export async function purgeEnded(deps: Deps): Promise<number> {
  const before = deps.clock.now().subtract({ hours: keepHours });
  let total = 0;
  for (;;) {
    const removed =
      (await deleteEnded(deps.sql, before, batch)) +
      (await deleteOldChallenges(deps.sql, deps.clock.now(), batch)) +
      (await purgeAttemptCounters(deps.sql, deps.clock.now(), batch)) +
      (await purgeKnownPlaces(deps.sql, deps.clock.now(), batch));
    total += removed;
    if (removed < batch) return total;
  }
}
