import { AppError } from '@muster/contracts';
import type { LeaveRequest } from '@muster/contracts/http/attendance-leave';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeRequest, requestEvent } from '../../domain/leave/describe-request.ts';
import type { StoredRequest } from '../../domain/leave/stored-request.ts';
import { approveLeaveDays } from '../../sql/leave/leave-days.ts';
import { lockLeaveRequest, saveLeaveDecision } from '../../sql/leave/leave-requests.ts';
import { findRequestOfReach } from './find-request-of-reach.ts';
import { giveBack } from './give-back.ts';
import { noSuchLeaveRequest } from './leave-errors.ts';
import { queueHeadcountOfLeave } from './queue-headcount-of-leave.ts';
import { saidBy } from './said-by.ts';

/**
 * Approves or rejects a request that waits; a rejected one gives its days back. Of two who decide at once the second is told that it
 * is decided. Throws `not_found`, `conflict` where it is decided, or one's own.
 */
export async function decideLeave(
  deps: Deps,
  actor: Actor,
  id: string,
  status: 'approved' | 'rejected',
  note: string | null = null,
): Promise<LeaveRequest> {
  const { employeeId } = await findRequestOfReach(deps, actor, 'leave.decide', id);
  if (employeeId === actor.id) throw new AppError('conflict', 'Nobody decides about their own leave.');
  const decided = await withTransaction(deps.sql, async (tx) => {
    const before = await lockLeaveRequest(tx, id);
    if (!before) throw noSuchLeaveRequest();
    if (before.status !== 'pending') throw new AppError('conflict', `This request is ${before.status} already.`);
    const atMs = deps.clock.now().epochMilliseconds;
    const after: StoredRequest = {
      ...before,
      status,
      decidedAtMs: atMs,
      decisionNote: note,
      version: before.version + 1,
    };
    await saveLeaveDecision(tx, after, actor.id);
    if (status === 'approved') {
      await approveLeaveDays(tx, id);
      await queueHeadcountOfLeave(tx, deps, after);
    } else await giveBack(tx, after, { atMs, actorId: actor.id });
    const kind = status === 'approved' ? 'attendance.leave-approved.v1' : 'attendance.leave-rejected.v1';
    await insertOutbox(tx, [newEvent(kind, { ...saidBy(deps, actor, after.version), ...requestEvent(after) })]);
    return after;
  });
  deps.relay.wake();
  return describeRequest(decided);
}
