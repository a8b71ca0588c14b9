import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { deleteHolidayList as deleteRow, lockHolidayList } from '../../sql/leave/holiday-lists.ts';
import { noSuchHolidayList } from './holiday-list-errors.ts';
import { saidBy } from './said-by.ts';

/** Deletes a list that no site has, ever had or will have. Throws `not_found`, `in_use`. */
export async function deleteHolidayList(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'holidays.manage');
  await withTransaction(deps.sql, async (tx) => {
    const list = await lockHolidayList(tx, id);
    if (!list) throw noSuchHolidayList();
    if (!(await deleteRow(tx, id))) throw new AppError('in_use', 'A site has this list, or had it.');
    const data = { ...saidBy(deps, actor, list.version + 1), listId: id, name: list.name };
    await insertOutbox(tx, [newEvent('attendance.holiday-list-deleted.v1', data)]);
  });
  deps.relay.wake();
}
