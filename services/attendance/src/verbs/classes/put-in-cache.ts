import type { Deps } from '../../deps.ts';
import { cacheKeyOf } from '../../domain/classes/cache-key.ts';
import { describeMark, isCurrent, type Mark } from '../../domain/classes/mark.ts';
import { oweKeys } from '../../sql/classes/cached-keys.ts';
import { findMark } from '../../sql/classes/find-mark.ts';

/**
 * Puts a mark into the cache; false when that failed. Whoever writes last need not have read last: after the put one more look
 * finds out whether it is old already, and then it goes again. Never throws: the mark itself is safe.
 */
export async function putInCache(
  deps: Pick<Deps, 'sql' | 'log' | 'classCache'>,
  mark: Mark,
  ttlSeconds: number,
): Promise<boolean> {
  const { sql, log, classCache } = deps;
  const key = cacheKeyOf(mark);
  const value = describeMark(mark);
  try {
    await classCache.put(key, value, ttlSeconds);
    const now = await findMark(sql, mark);
    if (now === undefined || !isCurrent(value, now)) await classCache.drop(key);
    return true;
  } catch (err) {
    log.debug({ err, key }, 'a mark is not in the cache');
    // What Redis holds is no longer true. Readers can tell; whoever looks into Redis itself cannot.
    await oweKeys(sql, [key]).catch((error) => log.warn({ err: error }, 'a cached mark may be old until it expires'));
    return false;
  }
}
