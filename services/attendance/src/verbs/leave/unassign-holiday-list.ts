import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { closeCalendarGate } from '../../sql/leave/calendar-gate.ts';
import { unassignSiteHolidayList } from '../../sql/leave/site-holiday-lists.ts';
import { followSite } from './follow-calendar.ts';
import { saidBy } from './said-by.ts';

/** Takes back that a site has a list from a date on: what it had before counts. Throws `not_found`. */
export async function unassignHolidayList(deps: Deps, actor: Actor, siteId: string, from: string): Promise<void> {
  authorise(actor, 'holidays.manage');
  await withTransaction(deps.sql, async (tx) => {
    await closeCalendarGate(tx);
    const version = await unassignSiteHolidayList(tx, siteId, from);
    if (version === undefined) throw new AppError('not_found', 'The site was given no list on this date.');
    await followSite(tx, siteId, from);
    const data = { ...saidBy(deps, actor, version), siteId, from };
    await insertOutbox(tx, [newEvent('attendance.holiday-list-unassigned.v1', data)]);
  });
  deps.relay.wake();
}
