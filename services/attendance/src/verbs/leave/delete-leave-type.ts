import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { deleteLeaveType as deleteRow, lockLeaveType } from '../../sql/leave/leave-types.ts';
import { noSuchLeaveType } from './leave-errors.ts';
import { saidBy } from './said-by.ts';

/** Deletes a kind of leave that nobody was granted or asked for; another is made inactive. Throws `not_found`, `in_use`. */
export async function deleteLeaveType(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'leave.manage');
  await withTransaction(deps.sql, async (tx) => {
    const type = await lockLeaveType(tx, id, 'update');
    if (!type) throw noSuchLeaveType();
    if (!(await deleteRow(tx, id))) throw new AppError('in_use', 'People have leave of this type; make it inactive.');
    const data = { ...saidBy(deps, actor, type.version + 1), typeId: id, name: type.name };
    await insertOutbox(tx, [newEvent('attendance.leave-type-deleted.v1', data)]);
  });
  deps.relay.wake();
}
