import { AppError } from '@muster/contracts';
import { type CachedMark, type CacheUse, cacheSeconds, type StudentMarkQuery } from '@muster/contracts/http/attendance';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { cacheKeyOf, type MarkKey } from '../../domain/classes/cache-key.ts';
import { describeMark, isCurrent } from '../../domain/classes/mark.ts';
import { noteCached } from '../../sql/classes/cached-keys.ts';
import { findMark } from '../../sql/classes/find-mark.ts';
import { findVisibleClass } from './find-visible-class.ts';
import { putInCache } from './put-in-cache.ts';

export interface ReadMark {
  value: CachedMark;
  use: CacheUse;
}

export const noSuchMark = (): AppError => new AppError('not_found', 'Nobody was marked there on that day.');

/**
 * What counts for a student on a day, today at the class's site by default. Only a cached value that is the mark of now is a
 * `hit`; a `miss` fills the cache; `bypass`: it is away. Throws `not_found`.
 */
export async function readMark(deps: Deps, actor: Actor, query: StudentMarkQuery): Promise<ReadMark> {
  const { classId, studentId } = query;
  const { zone } = await findVisibleClass(deps, actor, 'classes.read', classId);
  const nowMs = deps.clock.now().epochMilliseconds;
  const key = { classId, studentId, date: query.date ?? deps.localDay(nowMs, zone).date };
  const { mark, cached } = await lookUp(deps, key);
  if (mark === undefined) throw noSuchMark();
  const value = describeMark(mark);
  if (cached === 'away') return { value, use: 'bypass' };
  if (isCurrent(cached.value, mark)) return { value, use: 'hit' };
  await noteCached(deps.sql, key, nowMs + cacheSeconds.usual * 1000);
  return { value, use: (await putInCache(deps, mark, cacheSeconds.usual)) ? 'miss' : 'bypass' };
}

/** Asks Redis and Postgres at once: what Redis says counts only where Postgres says that it is current. */
export async function lookUp(deps: Deps, key: MarkKey) {
  const [mark, cached] = await Promise.all([
    findMark(deps.sql, key),
    deps.classCache.get(cacheKeyOf(key)).then(
      (value) => ({ value }),
      () => 'away' as const,
    ),
  ]);
  return { mark, cached };
}
