import { AppError } from '@muster/contracts';
import type { Config } from '../config.ts';
import { addressKey } from '../edge/client-address.ts';
import type { RedisLink } from './connect-redis.ts';
import { createLimiter, type Verdict, windowSeconds } from './create-limiter.ts';

/** As much of a verifier as a limit needs: the person behind a token. Rejects for a token that is not good. */
export interface Verifier {
  verify(token: string): Promise<{ id: string }>;
}

/** A request that was let in: by whom, and the RateLimit headers its answer carries. */
export interface Admission {
  userId?: string;
  headers: readonly (readonly [string, string])[];
}

export interface Gate {
  /** Throws AppError `rate_limited`, whose headers are complete, when user or address has used up its allowance. */
  admit(authorization: string | undefined, address: string): Promise<Admission>;
  /** Counts a failed sign-in of this address. */
  countFailure(address: string): Promise<void>;
  /** Handshakes and polls of sockets; their tokens are checked by `events`. Throws like `admit`. */
  admitSocket(address: string): Promise<void>;
}

type Limits = Pick<
  Config,
  | 'RATE_LIMIT_PER_USER_PER_MINUTE'
  | 'RATE_LIMIT_PER_ADDRESS_PER_MINUTE'
  | 'RATE_LIMIT_FAILURES_PER_ADDRESS_PER_MINUTE'
  | 'RATE_LIMIT_SOCKETS_PER_ADDRESS_PER_MINUTE'
>;

const headersOf = (verdict: Verdict): [string, string][] => [
  ['ratelimit-policy', `${verdict.limit};w=${windowSeconds}`],
  ['ratelimit-limit', String(verdict.limit)],
  ['ratelimit-remaining', String(verdict.remaining)],
  ['ratelimit-reset', String(verdict.resetSeconds)],
];

function refuse(verdict: Verdict): never {
  throw new AppError('rate_limited', 'Too many requests. Wait a moment.', {
    headers: { ...Object.fromEntries(headersOf(verdict)), 'retry-after': String(verdict.resetSeconds) },
  });
}

/**
 * A signed-in user is counted by id wherever they are, so that a building behind one NAT is not one caller. Only requests
 * without a valid token count for their address; a wrong password counts twice, against a lower limit. With a link the gateways
 * count together.
 */
export function createGate(limits: Limits, verifier: Verifier, link?: RedisLink): Gate {
  const users = createLimiter('user', limits.RATE_LIMIT_PER_USER_PER_MINUTE, link);
  const addresses = createLimiter('address', limits.RATE_LIMIT_PER_ADDRESS_PER_MINUTE, link);
  const failures = createLimiter('failures', limits.RATE_LIMIT_FAILURES_PER_ADDRESS_PER_MINUTE, link);
  const sockets = createLimiter('sockets', limits.RATE_LIMIT_SOCKETS_PER_ADDRESS_PER_MINUTE, link);

  const userOf = async (authorization: string | undefined): Promise<string | undefined> => {
    if (!authorization || !/^bearer /i.test(authorization)) return undefined;
    try {
      return (await verifier.verify(authorization.slice(7).trim())).id;
    } catch {
      // Bad, expired, or the keys are not to be had: whether it gets in is the service's to say.
      return undefined;
    }
  };

  return {
    async admit(authorization, address) {
      const userId = await userOf(authorization);
      if (userId !== undefined) {
        const verdict = await users?.take(userId);
        if (verdict && !verdict.allowed) refuse(verdict);
        return { userId, headers: verdict ? headersOf(verdict) : [] };
      }
      const key = addressKey(address);
      const failed = await failures?.look(key);
      if (failed && failed.remaining === 0) refuse(failed);
      const verdict = await addresses?.take(key);
      if (verdict && !verdict.allowed) refuse(verdict);
      return { headers: verdict ? headersOf(verdict) : [] };
    },
    async countFailure(address) {
      await failures?.take(addressKey(address));
    },
    async admitSocket(address) {
      const verdict = await sockets?.take(addressKey(address));
      if (verdict && !verdict.allowed) refuse(verdict);
    },
  };
}
