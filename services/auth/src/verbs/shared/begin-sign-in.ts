import { deviceOf } from '../../crypto/device-token.ts';
import type { Deps } from '../../deps.ts';
import { addressRange } from '../../domain/address-range.ts';
import { signInRules } from '../../domain/attempt-limits.ts';
import type { Client } from '../../domain/client.ts';
import { signInMetric } from '../../metrics.ts';
import { isKnownPlace } from '../../sql/known-places.ts';
import { refuseAttempt } from './refuse-attempt.ts';

/** One attempt to prove who one is. Settle it exactly once. */
export interface Attempt {
  succeeded(): Promise<void>;
  failed(): Promise<void>;
  /** It was never decided (no room to hash): as if it had not been made. */
  withdrawn(): Promise<void>;
}

export interface SignInAttempt {
  /** What was typed, or an id: the counters' name, the same for accounts that are not there. */
  account: string;
  /** The account behind it, where there is one. */
  userId: string | undefined;
  /** What the browser kept of an earlier sign-in, see `crypto/device-token.ts`. */
  deviceToken?: string | undefined;
  /** Proof of an earlier sign-in that was checked already: the session that asks. */
  sessionId?: string;
}

/**
 * Counts an attempt before anything is compared, so that parallel guesses count, too, for all processes. Throws
 * `rate_limited` with Retry-After.
 */
export async function beginSignIn(deps: Deps, client: Client, o: SignInAttempt): Promise<Attempt> {
  const now = deps.clock.now();
  const range = addressRange(client.ip);
  const { userId, account } = o;
  const device = o.sessionId ?? deviceOf(o.deviceToken, { userId, secret: deps.settings.keySecret, now });
  const knownPlace = await isKnownPlace(deps.sql, { userId, place: range.place, now });
  const rules = signInRules({ account, range, device, knownPlace }, deps.settings.limitsScale);
  const counted = await deps.limiter.count(rules);
  const metric = signInMetric();
  if ('waitSeconds' in counted) {
    metric.inc({ outcome: 'refused' });
    throw refuseAttempt(counted.waitSeconds, 'Too many attempts to sign in. Try again later.');
  }
  return {
    succeeded: async () => {
      metric.inc({ outcome: 'succeeded' });
      await counted.takeBack(rules[0]?.kind);
    },
    failed: async () => metric.inc({ outcome: 'failed' }),
    withdrawn: () => counted.takeBack(),
  };
}
