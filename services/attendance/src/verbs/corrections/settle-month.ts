import { type Tx, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { passMonthGate } from '../../sql/corrections/month-gate.ts';
import { type SiteMonth, takeQueuedOfMonth } from '../../sql/corrections/open-in-month.ts';
import { queueDueDays } from '../../sql/queue-due-days.ts';
import { storeDays } from '../store-days.ts';

const batch = 200;

/**
 * Derives the days of a site's month that facts or time changed, in transactions of their own, until none is left or there were very
 * many: what comes meanwhile is for {@link settleRest}.
 */
export async function settleMonth(deps: Deps, month: SiteMonth): Promise<void> {
  for (let found = batch; found === batch; )
    found = await queueDueDays(deps.sql, deps.clock.now().epochMilliseconds, batch);
  for (let round = 0; round < 5000; round++) {
    const found = await withTransaction(deps.sql, async (tx) => {
      await passMonthGate(tx);
      return settle(tx, deps, month);
    });
    if (found === 0) return;
  }
}

/** Derives what is left in the transaction that locks the month; true when nothing is left to derive. */
export async function settleRest(tx: Tx, deps: Deps, month: SiteMonth): Promise<boolean> {
  for (let round = 0; round < 5; round++) if ((await settle(tx, deps, month)) === 0) return true;
  return false;
}

async function settle(tx: Tx, deps: Deps, month: SiteMonth): Promise<number> {
  const ranges = await takeQueuedOfMonth(tx, month, batch);
  await storeDays(tx, deps, ranges);
  return ranges.length;
}
