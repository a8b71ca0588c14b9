import { AppError } from '@muster/contracts';
import type { LeaveRequest, LeaveRequestBody } from '@muster/contracts/http/attendance-leave';
import { insertOutbox, newEvent, newId, type Tx, withIdempotency } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeRequest, requestEvent } from '../../domain/leave/describe-request.ts';
import type { StoredRequest } from '../../domain/leave/stored-request.ts';
import { findPeople } from '../../sql/find-people.ts';
import { passCalendarGate } from '../../sql/leave/calendar-gate.ts';
import { insertLeaveDays } from '../../sql/leave/leave-days.ts';
import { insertLeaveRequest } from '../../sql/leave/leave-requests.ts';
import { lockLeaveType } from '../../sql/leave/leave-types.ts';
import { chargeRequest } from './charge-request.ts';
import { countRequest } from './count-request.ts';
import { findLeavePerson } from './find-leave-person.ts';
import { leaveRefusal, noSuchLeaveType } from './leave-errors.ts';
import { queueHeadcountOfLeave } from './queue-headcount-of-leave.ts';
import { saidBy } from './said-by.ts';

/**
 * Asks for leave: it takes its days and its part of the balance at once, and gives them back when it is rejected or cancelled. It
 * waits for approval, unless its type needs none or somebody asks who decides about the person. Throws `leave_overlap`,
 * `leave_balance_exceeded`, `invalid_input`, `not_found`, `forbidden` for a person who was deleted.
 */
export async function requestLeave(
  deps: Deps,
  actor: Actor,
  body: LeaveRequestBody,
  key: string | undefined,
): Promise<LeaveRequest> {
  authorise(actor, 'leave.ask');
  const { employeeId = actor.id } = body;
  const forAnother = employeeId !== actor.id;
  if (forAnother) await findLeavePerson(deps, actor, 'leave.decide', employeeId);
  if ((await findPeople(deps.sql, [employeeId])).get(employeeId)?.status === 'deleted')
    throw new AppError('forbidden', 'This person was deleted.');
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/leave/requests ${actor.id}`,
      key,
      request: body,
      run: async (tx) => ({ status: 201, body: await store(tx, deps, actor, body, employeeId) }),
    });
    deps.relay.wake();
    return answer.body as LeaveRequest;
  } catch (error) {
    throw leaveRefusal(error);
  }
}

async function store(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  body: LeaveRequestBody,
  employeeId: string,
): Promise<LeaveRequest> {
  await passCalendarGate(tx);
  const type = await lockLeaveType(tx, body.typeId, 'share');
  if (!type?.active) throw noSuchLeaveType();
  const { from, to, firstDay, lastDay, note = null } = body;
  const halves = await countRequest(tx, deps, employeeId, type, { from, to, firstDay, lastDay });
  const atMs = deps.clock.now().epochMilliseconds;
  const approved = employeeId !== actor.id || !type.needsApproval;
  const request: StoredRequest = {
    ...{ id: newId(), employeeId, typeId: type.id, type: type.name, from, to, firstDay, lastDay, note },
    charged: halves.filter(({ charged }) => charged).length,
    status: approved ? 'approved' : 'pending',
    askedAtMs: atMs,
    decidedAtMs: approved ? atMs : null,
    decisionNote: null,
    version: 1,
  };
  const decidedBy = employeeId === actor.id ? null : actor.id;
  await insertLeaveRequest(tx, request, { askedBy: actor.id, decidedBy });
  await insertLeaveDays(tx, { ...request, approved }, halves);
  await chargeRequest(tx, request, type, halves, { atMs, actorId: actor.id });
  if (approved) await queueHeadcountOfLeave(tx, deps, request);
  const data = { ...saidBy(deps, actor, 1), ...requestEvent(request) };
  const kind = approved ? 'attendance.leave-approved.v1' : 'attendance.leave-requested.v1';
  await insertOutbox(tx, [newEvent(kind, data)]);
  return describeRequest(request);
}
