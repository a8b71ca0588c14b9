import { createHash } from 'node:crypto';
import { AppError } from '@muster/contracts';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

export interface SignInLimits {
  /** Attempts per account and address within a minute; a success starts anew. */
  perAccount: number;
  /** Failures per address within a minute, over all accounts: successes never count, a whole building may share one. */
  failuresPerAddress: number;
}

/** One attempt to prove a password. Settle it exactly once. */
export interface Attempt {
  succeeded(): Promise<void>;
  failed(): Promise<void>;
  /** It was never decided (no room to hash): as if it had not been made. */
  withdrawn(): Promise<void>;
}

export interface SignInLimiter {
  /** Counts before the hash, so that parallel guesses count too. Throws `rate_limited` with Retry-After. */
  begin(account: string, address: string | undefined): Promise<Attempt>;
}

const windowSeconds = 60;

const refuse = (msBeforeNext: number): never => {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  throw new AppError('rate_limited', 'Too many attempts to sign in. Try again later.', {
    headers: { 'Retry-After': String(seconds) },
  });
};

/** Counts in this process's memory; only attempts that were hashed leave an entry, so hashing bounds its size. */
export function createSignInLimiter(limits: SignInLimits = { perAccount: 10, failuresPerAddress: 300 }): SignInLimiter {
  const accounts = new RateLimiterMemory({ points: limits.perAccount, duration: windowSeconds });
  const addresses = new RateLimiterMemory({ points: limits.failuresPerAddress, duration: windowSeconds });

  return {
    async begin(account, address) {
      const from = address ?? 'unknown';
      const key = createHash('sha256').update(`${account}\n${from}`).digest('base64url');
      const failures = await addresses.get(from);
      if (failures !== null && failures.remainingPoints <= 0) refuse(failures.msBeforeNext);
      await accounts.consume(key).catch((refused: RateLimiterRes) => refuse(refused.msBeforeNext));
      return {
        succeeded: async () => void (await accounts.delete(key)),
        failed: async () => void (await addresses.penalty(from)),
        withdrawn: async () => {
          const left = await accounts.reward(key);
          if (left.consumedPoints <= 0) await accounts.delete(key);
        },
      };
    },
  };
}
