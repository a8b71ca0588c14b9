import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { closeCalendarGate } from '../../sql/leave/calendar-gate.ts';
import { lockHolidayList, saveHolidayList } from '../../sql/leave/holiday-lists.ts';
import { removeHoliday as removeRow, selectHolidays } from '../../sql/leave/holidays.ts';
import { followDates } from './follow-calendar.ts';
import { noSuchHolidayList } from './holiday-list-errors.ts';
import { saidBy } from './said-by.ts';

/** Takes a date out of a list; filling does not bring it back. Throws `not_found` for a list or a holiday that is not there. */
export async function removeHoliday(deps: Deps, actor: Actor, id: string, date: string): Promise<void> {
  authorise(actor, 'holidays.manage');
  await withTransaction(deps.sql, async (tx) => {
    await closeCalendarGate(tx);
    const list = await lockHolidayList(tx, id);
    if (!list) throw noSuchHolidayList();
    const [there] = await selectHolidays(tx, id, date, date);
    if (!there || there.removed) throw new AppError('not_found', 'There is no holiday on this date.');
    await removeRow(tx, id, date);
    await followDates(tx, id, [date]);
    const version = list.version + 1;
    await saveHolidayList(tx, { ...list, version });
    const data = { ...saidBy(deps, actor, version), listId: id, name: list.name, date };
    await insertOutbox(tx, [newEvent('attendance.holiday-removed.v1', data)]);
  });
  deps.relay.wake();
}
