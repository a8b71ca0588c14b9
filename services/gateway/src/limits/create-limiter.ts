import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { RedisLink } from './connect-redis.ts';
import { createSharedCount } from './shared-count.ts';

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
  /** How the key stands as far as this process knows, without taking. */
  look(key: string): Promise<Verdict>;
}

export const windowSeconds = 60;
/** The part of an allowance that a process gives without asking: most people never use up more in a minute. */
const unaskedShare = 1 / 16;

/**
 * Limiter of `points` a minute and key; undefined for 0, which means no limit. With a link the processes count together: what goes
 * beyond the first sixteenth is counted in Redis, so that n of them let at most n sixteenths more through than one would.
 * Without, or while Redis is away, each counts for itself.
 */
export function createLimiter(name: string, points: number, link?: RedisLink): Limiter | undefined {
  if (points === 0) return undefined;
  const own = new RateLimiterMemory({ points, duration: windowSeconds });
  const shared = link && createSharedCount(link, name, points, windowSeconds);
  const unasked = Math.floor(points * unaskedShare);

  const verdict = (res: RateLimiterRes): Verdict => ({
    allowed: res.consumedPoints <= points,
    limit: points,
    remaining: Math.max(0, points - res.consumedPoints),
    resetSeconds: Math.max(1, Math.ceil(res.msBeforeNext / 1000)),
  });
  const untouched: Verdict = { allowed: true, limit: points, remaining: points, resetSeconds: windowSeconds };

  return {
    async take(key) {
      const mine = await own.penalty(key, 1);
      const count = mine.consumedPoints;
      if (!shared || count <= unasked || count > points) return verdict(mine);
      // The first to be told brings along what was given before.
      const all = await shared.add(key, count === unasked + 1 ? count : 1);
      if (!all || all.consumedPoints < count) return verdict(mine);
      // Used up, wherever: until the window ends this process needs nobody to know it.
      if (all.consumedPoints >= points) await own.block(key, Math.max(1, Math.ceil(all.msBeforeNext / 1000)));
      return verdict(all);
    },
    async look(key) {
      const res = await own.get(key);
      return res ? verdict(res) : untouched;
    },
  };
}
