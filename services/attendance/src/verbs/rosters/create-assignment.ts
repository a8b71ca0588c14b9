import type { AssignmentView, CreateAssignmentBody } from '@muster/contracts/http/attendance-rosters';
import { insertOutbox, newEvent, newId, type Tx, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { insertAssignment, type StoredAssignment } from '../../sql/rosters/assignments.ts';
import { alreadyAssigned, assignmentSnapshot } from './assignment-view.ts';
import { holdRotationOf, holdShiftTypesOf } from './hold-plan-parts.ts';
import { plannablePeople } from './plannable.ts';
import { queueChangedPlan } from './queue-changed-plan.ts';

/**
 * Says what somebody works from a date on; it counts at once. Wall times are those of the person's site as it is now.
 * @throws AppError not_found (the person), invalid_input (shift type or rotation), conflict (another on one of these dates),
 * idempotency_mismatch, request_in_progress
 */
export async function createAssignment(
  deps: Deps,
  actor: Actor,
  body: CreateAssignmentBody,
  key?: string,
): Promise<AssignmentView> {
  const scope = authorise(actor, 'rosters.manage');
  const person = (await plannablePeople(deps.sql, actor, scope, [body.employeeId])).get(body.employeeId);
  const assignment: StoredAssignment = {
    id: newId(),
    employeeId: body.employeeId,
    kind: body.kind,
    shiftTypeId: body.shiftTypeId ?? null,
    weekdays: body.weekdays?.toSorted((a, b) => a - b) ?? null,
    rotationId: body.rotationId ?? null,
    offset: body.offset,
    from: body.from,
    to: body.to ?? null,
    zone: person?.zone ?? deps.defaultPlace.zone,
    version: 1,
  };
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/rosters/assignments ${actor.id}`,
      key,
      request: body,
      run: async (tx) => {
        await assign(tx, deps, actor, assignment);
        return { status: 201, body: assignment };
      },
    });
    deps.relay.wake();
    return answer.body as AssignmentView;
  } catch (error) {
    throw alreadyAssigned(error);
  }
}

async function assign(tx: Tx, deps: Deps, actor: Actor, assignment: StoredAssignment): Promise<void> {
  const { shiftTypeId, rotationId } = assignment;
  if (shiftTypeId !== null) await holdShiftTypesOf(tx, [shiftTypeId], 'shiftTypeId');
  if (rotationId !== null) await holdRotationOf(tx, rotationId, 'rotationId');
  await insertAssignment(tx, assignment);
  await queueChangedPlan(tx, deps, [assignment]);
  const data = { version: 1, occurredAt: deps.clock.now().toString(), actor: toEventActor(actor) };
  await insertOutbox(tx, [newEvent('attendance.shift-assigned.v1', { ...data, ...assignmentSnapshot(assignment) })]);
}
