import type { CreateLeaveTypeBody, LeaveType } from '@muster/contracts/http/attendance-leave';
import { insertOutbox, newEvent, newId, withIdempotency } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeLeaveType, newLeaveType } from '../../domain/leave/leave-type.ts';
import { insertLeaveType } from '../../sql/leave/leave-types.ts';
import { leaveRefusal } from './leave-errors.ts';
import { saidBy } from './said-by.ts';

/** Creates a kind of leave. Throws `name_taken`, `idempotency_mismatch`, `request_in_progress`. */
export async function createLeaveType(
  deps: Deps,
  actor: Actor,
  body: CreateLeaveTypeBody,
  key: string | undefined,
): Promise<LeaveType> {
  authorise(actor, 'leave.manage');
  const type = newLeaveType(newId(), body);
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/leave/types ${actor.id}`,
      key,
      request: body,
      run: async (tx) => {
        await insertLeaveType(tx, type);
        const data = { ...saidBy(deps, actor, 1), typeId: type.id, name: type.name };
        await insertOutbox(tx, [newEvent('attendance.leave-type-created.v1', data)]);
        return { status: 201, body: describeLeaveType(type) };
      },
    });
    deps.relay.wake();
    return answer.body as LeaveType;
  } catch (error) {
    throw leaveRefusal(error);
  }
}
