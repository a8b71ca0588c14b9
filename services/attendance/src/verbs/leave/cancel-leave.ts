import { AppError } from '@muster/contracts';
import type { LeaveRequest } from '@muster/contracts/http/attendance-leave';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeRequest, requestEvent } from '../../domain/leave/describe-request.ts';
import { mayCancel } from '../../domain/leave/may-cancel.ts';
import type { StoredRequest } from '../../domain/leave/stored-request.ts';
import { findPeople } from '../../sql/find-people.ts';
import { findLeaveRequest, lockLeaveRequest, saveLeaveDecision } from '../../sql/leave/leave-requests.ts';
import { findRequestOfReach } from './find-request-of-reach.ts';
import { giveBack } from './give-back.ts';
import { noSuchLeaveRequest } from './leave-errors.ts';
import { queueHeadcountOfLeave } from './queue-headcount-of-leave.ts';
import { saidBy } from './said-by.ts';

/**
 * Cancels a request: one's own while it waits, or until its first day; who decides about the person's leave at any time. Its days are
 * free again. Throws `not_found`, `conflict` where it is too late or decided otherwise.
 */
export async function cancelLeave(
  deps: Deps,
  actor: Actor,
  id: string,
  note: string | null = null,
): Promise<LeaveRequest> {
  const isOwn = (await findLeaveRequest(deps.sql, id))?.employeeId === actor.id;
  if (isOwn) authorise(actor, 'leave.ask');
  const { employeeId } = isOwn ? { employeeId: actor.id } : await findRequestOfReach(deps, actor, 'leave.decide', id);
  const zone = (await findPeople(deps.sql, [employeeId])).get(employeeId)?.zone ?? deps.defaultPlace.zone;
  const cancelled = await withTransaction(deps.sql, async (tx) => {
    const before = await lockLeaveRequest(tx, id);
    if (!before) throw noSuchLeaveRequest();
    const atMs = deps.clock.now().epochMilliseconds;
    if (!mayCancel(before, deps.localDay(atMs, zone).date, !isOwn))
      throw new AppError('conflict', `This leave is ${before.status} and cannot be cancelled any more.`);
    const after: StoredRequest = {
      ...before,
      status: 'cancelled',
      decidedAtMs: atMs,
      decisionNote: note,
      version: before.version + 1,
    };
    await saveLeaveDecision(tx, after, actor.id);
    await giveBack(tx, after, { atMs, actorId: actor.id });
    if (before.status === 'approved') await queueHeadcountOfLeave(tx, deps, after);
    const data = { ...saidBy(deps, actor, after.version), ...requestEvent(after) };
    await insertOutbox(tx, [newEvent('attendance.leave-cancelled.v1', data)]);
    return after;
  });
  deps.relay.wake();
  return describeRequest(cancelled);
}
