import type { LeaveType, UpdateLeaveTypeBody } from '@muster/contracts/http/attendance-leave';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { changeLeaveType, describeLeaveType } from '../../domain/leave/leave-type.ts';
import { lockLeaveType, saveLeaveType } from '../../sql/leave/leave-types.ts';
import { leaveRefusal, noSuchLeaveType } from './leave-errors.ts';
import { saidBy } from './said-by.ts';

/**
 * Changes a kind of leave, for what is asked for and granted from now on: neither requests nor balances that are there change.
 * Throws `not_found`, `name_taken`.
 */
export async function updateLeaveType(
  deps: Deps,
  actor: Actor,
  id: string,
  body: UpdateLeaveTypeBody,
): Promise<LeaveType> {
  authorise(actor, 'leave.manage');
  try {
    const type = await withTransaction(deps.sql, async (tx) => {
      const before = await lockLeaveType(tx, id, 'update');
      if (!before) throw noSuchLeaveType();
      const { after, changedFields } = changeLeaveType(before, body);
      if (changedFields.length === 0) return before;
      await saveLeaveType(tx, after);
      const data = { ...saidBy(deps, actor, after.version), typeId: id, name: after.name, changedFields };
      await insertOutbox(tx, [newEvent('attendance.leave-type-updated.v1', data)]);
      return after;
    });
    deps.relay.wake();
    return describeLeaveType(type);
  } catch (error) {
    throw leaveRefusal(error);
  }
}
