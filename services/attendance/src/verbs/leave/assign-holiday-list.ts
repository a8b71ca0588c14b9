import { AppError } from '@muster/contracts';
import type { AssignHolidayListBody } from '@muster/contracts/http/attendance-holidays';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findSite } from '../../sql/find-site.ts';
import { closeCalendarGate } from '../../sql/leave/calendar-gate.ts';
import { lockHolidayList } from '../../sql/leave/holiday-lists.ts';
import { assignSiteHolidayList } from '../../sql/leave/site-holiday-lists.ts';
import { followSite } from './follow-calendar.ts';
import { noSuchHolidayList } from './holiday-list-errors.ts';
import { saidBy } from './said-by.ts';

/**
 * Gives a site a holiday list from a date on, until the next one it was given; the days of its people are derived again. Throws
 * `not_found` for a site or list that is not there.
 */
export async function assignHolidayList(
  deps: Deps,
  actor: Actor,
  siteId: string,
  from: string,
  { listId }: AssignHolidayListBody,
): Promise<void> {
  authorise(actor, 'holidays.manage');
  await withTransaction(deps.sql, async (tx) => {
    await closeCalendarGate(tx);
    if (siteId !== deps.defaultPlace.siteId && !(await findSite(tx, siteId)))
      throw new AppError('not_found', 'There is no such site.');
    if (listId !== null && !(await lockHolidayList(tx, listId))) throw noSuchHolidayList();
    const version = await assignSiteHolidayList(tx, { siteId, from, listId });
    if (version === undefined) return;
    await followSite(tx, siteId, from);
    const data = { ...saidBy(deps, actor, version), siteId, from, listId };
    await insertOutbox(tx, [newEvent('attendance.holiday-list-assigned.v1', data)]);
  });
  deps.relay.wake();
}
