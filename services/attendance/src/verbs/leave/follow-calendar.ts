import type { Tx } from '@muster/db';
import { queueHolidayDates, queueListDays, queueSiteFrom } from '../../sql/leave/queue-holiday-days.ts';
import { queueRecountsOfDates, queueRecountsOfList, queueRecountsOfSite } from '../../sql/leave/queue-recounts.ts';

// What follows from days off that changed, queued in the transaction that changed them: days are derived, and leave is counted, again.

/** Dates of a list are days off now, or none any more. */
export async function followDates(tx: Tx, listId: string, dates: readonly string[]): Promise<void> {
  await queueHolidayDates(tx, listId, dates);
  await queueRecountsOfDates(tx, listId, dates);
}

/** A site has another list from a date on. */
export async function followSite(tx: Tx, siteId: string, from: string): Promise<void> {
  await queueSiteFrom(tx, siteId, from);
  await queueRecountsOfSite(tx, siteId, from);
}

/** Other days of a list's week are off. `today`: leave that is over costs what it cost. */
export async function followWeek(tx: Tx, listId: string, today: string): Promise<void> {
  await queueListDays(tx, listId);
  await queueRecountsOfList(tx, listId, today);
}
