import type { PutHolidayBody } from '@muster/contracts/http/attendance-holidays';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { closeCalendarGate } from '../../sql/leave/calendar-gate.ts';
import { lockHolidayList, saveHolidayList } from '../../sql/leave/holiday-lists.ts';
import { saveHoliday, selectHolidays } from '../../sql/leave/holidays.ts';
import { followDates } from './follow-calendar.ts';
import { noSuchHolidayList } from './holiday-list-errors.ts';
import { saidBy } from './said-by.ts';

/** Makes a date of a list a holiday, or names it anew. From then on it is a person’s: filling leaves it alone. Throws `not_found`. */
export async function putHoliday(
  deps: Deps,
  actor: Actor,
  id: string,
  date: string,
  body: PutHolidayBody,
): Promise<void> {
  authorise(actor, 'holidays.manage');
  await withTransaction(deps.sql, async (tx) => {
    await closeCalendarGate(tx);
    const list = await lockHolidayList(tx, id);
    if (!list) throw noSuchHolidayList();
    const [there] = await selectHolidays(tx, id, date, date);
    if (there && !there.removed && there.origin === 'HAND' && there.name === body.name) return;
    await saveHoliday(tx, id, date, body.name);
    if (!there || there.removed) await followDates(tx, id, [date]);
    const version = list.version + 1;
    await saveHolidayList(tx, { ...list, version });
    const data = { ...saidBy(deps, actor, version), listId: id, name: list.name, date, holiday: body.name };
    await insertOutbox(tx, [newEvent('attendance.holiday-set.v1', data)]);
  });
  deps.relay.wake();
}
