import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { cacheKeyOf } from '../../domain/classes/cache-key.ts';
import { listCached, oweKeys } from '../../sql/classes/cached-keys.ts';
import { findVisibleClass } from './find-visible-class.ts';

/** Sent to Redis at the same time. */
const atOnce = 32;

/**
 * Drops what is cached of a class, or of one student in it, of every day; never a mark. What cannot be dropped while Redis is away is
 * kept in Postgres and dropped when it is back. Throws `not_found` for a class out of reach.
 */
export async function invalidateMarks(deps: Deps, actor: Actor, classId: string, studentId?: string): Promise<void> {
  await findVisibleClass(deps, actor, 'classes.mark', classId);
  const { sql, classCache } = deps;
  const cached = await listCached(sql, classId, studentId, deps.clock.now().epochMilliseconds);
  const keys = cached.map(cacheKeyOf);
  const owed: string[] = [];
  for (let from = 0; from < keys.length; from += atOnce)
    await Promise.all(
      keys.slice(from, from + atOnce).map((key) => classCache.drop(key).catch(() => void owed.push(key))),
    );
  if (owed.length > 0) await oweKeys(sql, owed);
}
