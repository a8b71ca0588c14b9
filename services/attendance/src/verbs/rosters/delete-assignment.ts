import { matchVersion } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { deleteAssignment as deleteRow, lockAssignment } from '../../sql/rosters/assignments.ts';
import { assignmentSnapshot, noSuchAssignment, visibleAssignment } from './assignment-view.ts';
import { queueChangedPlan } from './queue-changed-plan.ts';

/**
 * Takes an assignment back as if it had never been; its days, past ones too, are derived again. Whoever merely stops gets an end.
 * @throws AppError not_found, version_mismatch
 */
export async function deleteAssignment(deps: Deps, actor: Actor, id: string, ifMatch?: string): Promise<void> {
  await visibleAssignment(deps, actor, authorise(actor, 'rosters.manage'), id);
  await withTransaction(deps.sql, async (tx) => {
    const before = await lockAssignment(tx, id);
    if (!before) throw noSuchAssignment();
    matchVersion(ifMatch, before.version);
    await deleteRow(tx, id);
    await queueChangedPlan(tx, deps, [before]);
    const data = { version: before.version + 1, occurredAt: deps.clock.now().toString(), actor: toEventActor(actor) };
    await insertOutbox(tx, [
      newEvent('attendance.shift-assignment-removed.v1', { ...data, ...assignmentSnapshot(before) }),
    ]);
  });
  deps.relay.wake();
}
