import type { Deps } from '../deps.ts';
import { purgeKiosk as deleteOld } from '../sql/used-qrs.ts';

const batch = 1000;

/** Removes codes used over an hour ago, and wrong PINs nobody counts any more, in small batches. Returns how many. */
export async function purgeKiosk(deps: Pick<Deps, 'sql' | 'clock'>): Promise<number> {
  const now = deps.clock.now();
  const ago = (hours: number): Date => new Date(now.subtract({ hours }).epochMilliseconds);
  let total = 0;
  for (;;) {
    const removed = await deleteOld(deps.sql, { qrs: ago(1), failures: ago(48) }, batch);
    total += removed;
    if (removed < batch) return total;
  }
}
