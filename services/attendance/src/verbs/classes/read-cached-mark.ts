import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { readCacheKey } from '../../domain/classes/cache-key.ts';
import { describeMark, isCurrent } from '../../domain/classes/mark.ts';
import { findVisibleClass } from './find-visible-class.ts';
import { lookUp, noSuchMark, type ReadMark } from './read-mark.ts';

/**
 * The cached value of a key. Throws `not_found` where the actor may not see the class and where nothing is cached; with Redis
 * away Postgres answers, since nobody can tell.
 */
export async function readCachedMark(deps: Deps, actor: Actor, cacheKey: string): Promise<ReadMark> {
  const key = readCacheKey(cacheKey);
  await findVisibleClass(deps, actor, 'classes.read', key.classId);
  const { mark, cached } = await lookUp(deps, key);
  if (mark === undefined) throw noSuchMark();
  if (cached === 'away') return { value: describeMark(mark), use: 'bypass' };
  if (!isCurrent(cached.value, mark)) throw noSuchMark();
  return { value: describeMark(mark), use: 'hit' };
}
