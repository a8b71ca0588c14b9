import type { HolidayList, UpdateHolidayListBody } from '@muster/contracts/http/attendance-holidays';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { localDay } from '../../domain/local-day.ts';
import { closeCalendarGate } from '../../sql/leave/calendar-gate.ts';
import { lockHolidayList, saveHolidayList } from '../../sql/leave/holiday-lists.ts';
import { followWeek } from './follow-calendar.ts';
import { holidayListTaken, noSuchHolidayList } from './holiday-list-errors.ts';
import { saidBy } from './said-by.ts';

/**
 * Changes a list's name or weekly days off; the days of everybody who has it are derived again. Saying what is there changes
 * nothing. Throws `not_found`, `name_taken`.
 */
export async function updateHolidayList(
  deps: Deps,
  actor: Actor,
  id: string,
  body: UpdateHolidayListBody,
): Promise<HolidayList> {
  authorise(actor, 'holidays.manage');
  try {
    const list = await withTransaction(deps.sql, async (tx) => {
      await closeCalendarGate(tx);
      const before = await lockHolidayList(tx, id);
      if (!before) throw noSuchHolidayList();
      const name = body.name ?? before.name;
      const weeklyOff = (body.weeklyOff ?? before.weeklyOff).toSorted();
      const otherDays = weeklyOff.join() !== before.weeklyOff.join();
      if (name === before.name && !otherDays) return before;
      const after = { id, name, weeklyOff, version: before.version + 1 };
      await saveHolidayList(tx, after);
      if (otherDays) await followWeek(tx, id, localDay(deps.clock.now().epochMilliseconds, 'Etc/GMT+12').date);
      const data = { ...saidBy(deps, actor, after.version), listId: id, name, weeklyOff };
      await insertOutbox(tx, [newEvent('attendance.holiday-list-updated.v1', data)]);
      return after;
    });
    deps.relay.wake();
    return list;
  } catch (error) {
    throw holidayListTaken(error);
  }
}
