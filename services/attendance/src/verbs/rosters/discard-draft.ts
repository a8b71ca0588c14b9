import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { deleteRoster, lockRoster } from '../../sql/rosters/rosters.ts';
import { asDraft, rosterSnapshot, visibleRoster } from './roster-view.ts';

/**
 * Throws a draft away. Nothing that is published changes.
 * @throws AppError not_found, conflict (it is published)
 */
export async function discardDraft(deps: Deps, actor: Actor, id: string): Promise<void> {
  await visibleRoster(deps, actor, authorise(actor, 'rosters.manage'), id);
  await withTransaction(deps.sql, async (tx) => {
    const draft = asDraft(await lockRoster(tx, id));
    await deleteRoster(tx, id);
    const data = { version: draft.version + 1, occurredAt: deps.clock.now().toString(), actor: toEventActor(actor) };
    await insertOutbox(tx, [newEvent('attendance.roster-discarded.v1', { ...data, ...rosterSnapshot(draft) })]);
  });
  deps.relay.wake();
}
