import type { FilledHolidays, FillHolidaysBody } from '@muster/contracts/http/attendance-holidays';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { planFill } from '../../domain/leave/plan-fill.ts';
import { publicHolidays } from '../../domain/leave/public-holidays.ts';
import { closeCalendarGate } from '../../sql/leave/calendar-gate.ts';
import { lockHolidayList, saveHolidayList } from '../../sql/leave/holiday-lists.ts';
import { applyFill, selectHolidays } from '../../sql/leave/holidays.ts';
import { followDates } from './follow-calendar.ts';
import { noSuchHolidayList } from './holiday-list-errors.ts';
import { saidBy } from './said-by.ts';

/**
 * Stores the holidays of a place for whole years in a list, in place of what an earlier filling stored for these years. What a person
 * wrote or took out stays. Filling again changes nothing. Throws `not_found`, `invalid_input` for a place that is not known.
 */
export async function fillHolidays(
  deps: Deps,
  actor: Actor,
  id: string,
  body: FillHolidaysBody,
): Promise<FilledHolidays> {
  authorise(actor, 'holidays.manage');
  const wanted = publicHolidays(body);
  const { country, state = null, region = null, fromYear, toYear } = body;
  const filled = await withTransaction(deps.sql, async (tx): Promise<FilledHolidays> => {
    await closeCalendarGate(tx);
    const list = await lockHolidayList(tx, id);
    if (!list) throw noSuchHolidayList();
    const plan = planFill(await selectHolidays(tx, id, `${fromYear}-01-01`, `${toYear}-12-31`), wanted);
    const [added, changed, removed] = [plan.added.length, plan.renamed.length, plan.removed.length];
    if (added + changed + removed > 0) {
      await applyFill(tx, id, plan);
      await followDates(tx, id, [...plan.added.map(({ date }) => date), ...plan.removed]);
      const version = list.version + 1;
      await saveHolidayList(tx, { ...list, version });
      const source = { country, state, region, fromYear, toYear };
      const data = { ...saidBy(deps, actor, version), listId: id, name: list.name, ...source, added, changed, removed };
      await insertOutbox(tx, [newEvent('attendance.holiday-list-filled.v1', data)]);
    }
    return { added, changed, removed, kept: plan.kept };
  });
  deps.relay.wake();
  return filled;
}
