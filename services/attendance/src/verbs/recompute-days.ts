import { withTransaction } from '@muster/db';
import type { Deps } from '../deps.ts';
import { passMonthGate } from '../sql/corrections/month-gate.ts';
import { queueDueDays } from '../sql/queue-due-days.ts';
import { takeQueuedDays } from '../sql/take-queued-days.ts';
import { storeDays } from './store-days.ts';

/**
 * Derives days that facts or time changed, `limit` entries of the queue at a time, in one transaction: all of it or nothing. Returns the
 * people looked at; 0 means nothing is left that another process has not taken.
 */
export async function recomputeDays(
  deps: Pick<Deps, 'sql' | 'clock' | 'daySources' | 'defaultPlace'>,
  limit = 200,
): Promise<number> {
  // On its own: its locks on days must not be held while another process' lock on their people is awaited.
  await queueDueDays(deps.sql, deps.clock.now().epochMilliseconds, limit);
  return withTransaction(deps.sql, async (tx) => {
    // Before entries are taken: whoever locks a month settles all there are.
    await passMonthGate(tx);
    const ranges = await takeQueuedDays(tx, limit);
    await storeDays(tx, deps, ranges);
    return ranges.length;
  });
}
