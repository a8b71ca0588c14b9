import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RedisLink } from './connect-redis.ts';

/** Counts one limit together with the other gateways. */
export interface SharedCount {
  /** Adds to the key's count and tells how it stands; undefined while Redis is away: then one's own count decides. */
  add(key: string, points: number): Promise<RateLimiterRes | undefined>;
}

/** A Redis that answers later than this is no help: the request goes on without it. */
const waitMs = 100;
const late = Symbol('late');

/** The count of one limit (`name`) in windows of `seconds`, in one round trip. */
export function createSharedCount(link: RedisLink, name: string, points: number, seconds: number): SharedCount {
  const counter = new RateLimiterRedis({
    storeClient: link.client,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    keyPrefix: `muster:limit:${name}`,
    points,
    duration: seconds,
  });
  return {
    async add(key, by) {
      if (!link.ready()) return undefined;
      const { promise: tooLate, resolve } = Promise.withResolvers<typeof late>();
      const timer = setTimeout(resolve, waitMs, late);
      // `penalty` counts without throwing for those who are over.
      const told = counter.penalty(key, by).catch(() => late);
      const answer = await Promise.race([told, tooLate]);
      clearTimeout(timer);
      if (answer instanceof RateLimiterRes) return answer;
      link.rest();
      return undefined;
    },
  };
}
