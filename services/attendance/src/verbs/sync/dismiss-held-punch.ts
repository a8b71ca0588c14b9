import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { dismissHeld, findHeldPunch } from '../../sql/sync/list-held-punches.ts';
import { reaches } from '../reaches.ts';

/**
 * Settles a punch that was not believed: what it should have been is entered as a correction, or nothing is.
 * Throws `not_found`, also for one that is settled.
 */
export async function dismissHeldPunch(deps: Deps, actor: Actor, id: string): Promise<void> {
  const scope = authorise(actor, 'corrections.decide');
  const held = await findHeldPunch(deps.sql, id);
  if (!held || !(await reaches(deps, actor, scope, held.employeeId))) throw notThere();
  const nowMs = deps.clock.now().epochMilliseconds;
  await withTransaction(deps.sql, async (tx) => {
    if (!(await dismissHeld(tx, id, actor.id, nowMs))) throw notThere();
    const { employeeId } = held;
    const data = { version: 2, occurredAt: isoInstant(nowMs), actor: toEventActor(actor), employeeId, heldPunchId: id };
    await insertOutbox(tx, [newEvent('attendance.held-punch-dismissed.v1', data)]);
  });
  deps.relay.wake();
}

const notThere = (): AppError => new AppError('not_found', 'There is no such punch that waits.');
