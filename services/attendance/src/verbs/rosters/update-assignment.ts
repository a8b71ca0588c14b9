import { AppError, matchVersion } from '@muster/contracts';
import type { AssignmentView, UpdateAssignmentBody } from '@muster/contracts/http/attendance-rosters';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { endAssignment, lockAssignment, type StoredAssignment } from '../../sql/rosters/assignments.ts';
import { alreadyAssigned, assignmentSnapshot, noSuchAssignment, visibleAssignment } from './assignment-view.ts';
import { queueChangedPlan } from './queue-changed-plan.ts';

/**
 * Ends an assignment on another date, or lets it go on. The days between are derived again.
 * @throws AppError not_found, version_mismatch, invalid_input (before it begins), conflict (another follows there)
 */
export async function updateAssignment(
  deps: Deps,
  actor: Actor,
  id: string,
  { to }: UpdateAssignmentBody,
  ifMatch?: string,
): Promise<AssignmentView> {
  await visibleAssignment(deps, actor, authorise(actor, 'rosters.manage'), id);
  try {
    const assignment = await withTransaction(deps.sql, async (tx): Promise<StoredAssignment> => {
      const before = await lockAssignment(tx, id);
      if (!before) throw noSuchAssignment();
      matchVersion(ifMatch, before.version);
      if (before.to === to) return before;
      if (to !== null && to < before.from)
        throw new AppError('invalid_input', 'Some fields are not acceptable.', {
          errors: [{ field: 'to', message: 'must not lie before the assignment begins', in: 'body' }],
        });
      const after = { ...before, to, version: before.version + 1 };
      await endAssignment(tx, after);
      // What lies before the earlier end is as it was.
      const from = [before.to, to].filter((one) => one !== null).sort()[0] ?? before.from;
      const until = before.to === null || to === null ? null : before.to > to ? before.to : to;
      await queueChangedPlan(tx, deps, [{ employeeId: before.employeeId, from, to: until }]);
      const data = { version: after.version, occurredAt: deps.clock.now().toString(), actor: toEventActor(actor) };
      await insertOutbox(tx, [
        newEvent('attendance.shift-assignment-changed.v1', { ...data, ...assignmentSnapshot(after) }),
      ]);
      return after;
    });
    deps.relay.wake();
    return assignment;
  } catch (error) {
    throw alreadyAssigned(error);
  }
}
