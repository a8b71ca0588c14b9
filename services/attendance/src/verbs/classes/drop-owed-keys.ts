import { withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { settleKeys, takeOwedKeys } from '../../sql/classes/cached-keys.ts';

const atOnce = 100;

/** Drops the keys that could not be dropped while Redis was away; returns how many. What fails again stays owed. */
export async function dropOwedKeys({ sql, classCache }: Pick<Deps, 'sql' | 'classCache'>): Promise<number> {
  let dropped = 0;
  for (;;) {
    const count = await withTransaction(sql, async (tx) => {
      const keys = await takeOwedKeys(tx, atOnce);
      const outcomes = await Promise.allSettled(keys.map((key) => classCache.drop(key)));
      const done = keys.filter((_, at) => outcomes[at]?.status === 'fulfilled');
      if (done.length > 0) await settleKeys(tx, done);
      return done.length;
    });
    dropped += count;
    if (count < atOnce) return dropped;
  }
}
