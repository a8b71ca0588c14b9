import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findRotation, retireRotationRow } from '../../sql/rosters/rotations.ts';
import { noSuchRotation } from './rotation-view.ts';

/**
 * Retires a rotation: nobody is assigned to it any more, who is stays. Doing it again changes nothing.
 * @throws AppError not_found
 */
export async function retireRotation(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'shifts.manage');
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    const retired = await retireRotationRow(tx, id, now.epochMilliseconds);
    if (!retired && !(await findRotation(tx, id))) throw noSuchRotation();
    if (!retired) return;
    const { version, name } = retired;
    const data = { version, occurredAt: now.toString(), actor: toEventActor(actor), rotationId: id, name };
    await insertOutbox(tx, [newEvent('attendance.rotation-retired.v1', data)]);
  });
  deps.relay.wake();
}
