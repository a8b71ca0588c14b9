import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** What one request's turn at a limit came to. */
export interface Verdict {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Seconds until the window starts anew, rounded up. */
  resetSeconds: number;
}

/** A count per key in windows of a minute. */
export interface Limiter {
  /** Takes one from the key's allowance. */
  take(key: string): Promise<Verdict>;
  /** How the key stands, without taking. */
  look(key: string): Promise<Verdict>;
}

export const windowSeconds = 60;

/** In this process's memory; a store shared by several gateways takes its place behind the same two functions. */
const inMemory = (points: number): RateLimiterAbstract => new RateLimiterMemory({ points, duration: windowSeconds });

/** Limiter of `points` a minute and key; undefined for 0, which means no limit. */
export function createLimiter(points: number, store = inMemory): Limiter | undefined {
  if (points === 0) return undefined;
  const limiter = store(points);
  const verdict = (res: RateLimiterRes): Verdict => ({
    allowed: res.consumedPoints <= points,
    limit: points,
    remaining: Math.max(0, points - res.consumedPoints),
    resetSeconds: Math.max(1, Math.ceil(res.msBeforeNext / 1000)),
  });
  const untouched: Verdict = { allowed: true, limit: points, remaining: points, resetSeconds: windowSeconds };
  return {
    async take(key) {
      try {
        return verdict(await limiter.consume(key));
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return verdict(refused);
        throw refused;
      }
    },
    async look(key) {
      const res = await limiter.get(key);
      return res ? verdict(res) : untouched;
    },
  };
}
