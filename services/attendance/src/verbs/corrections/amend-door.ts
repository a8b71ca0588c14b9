import type { EventActor } from '@muster/contracts';
import type { Tx } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { rebuildSessions } from '../sync/rebuild-sessions.ts';

/**
 * Makes the door agree with a new fact of a person, in the fact's own transaction: `instantsMs` are those (Unix milliseconds) that it
 * bears, and that what it replaces bore.
 */
export async function amendDoor(
  tx: Tx,
  deps: Deps,
  actor: EventActor,
  employeeId: string,
  instantsMs: readonly number[],
): Promise<void> {
  if (instantsMs.length === 0) return;
  await rebuildSessions(tx, deps, actor, [
    { employeeId, fromMs: Math.min(...instantsMs), untilMs: Number.POSITIVE_INFINITY },
  ]);
}
