import type { OpenShiftAnswer } from '@muster/contracts/http/attendance-open-shifts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { openShiftView } from '../../domain/open-shifts/open-shift.ts';
import { closeOpenShift as close } from '../../sql/open-shifts/open-shifts.ts';
import { findPick } from '../../sql/open-shifts/picks.ts';
import { factsOf } from './shift-event.ts';
import { findReachableShift } from './site-in-reach.ts';

/** Ends picking up: who has a place keeps it, who waits may still be decided about. Again changes nothing. Throws `not_found`. */
export async function closeOpenShift(deps: Deps, actor: Actor, id: string): Promise<OpenShiftAnswer> {
  const scope = authorise(actor, 'open-shifts.manage');
  const nowMs = deps.clock.now().epochMilliseconds;
  const { shift, mine } = await withTransaction(deps.sql, async (tx) => {
    const found = await findReachableShift(tx, actor, scope, id);
    const closed = await close(tx, id);
    if (closed) {
      const { places, taken } = closed;
      const data = { ...factsOf(closed, toEventActor(actor), nowMs), places, taken };
      await insertOutbox(tx, [newEvent('attendance.open-shift-closed.v1', data, { subject: id })]);
    }
    return { shift: closed ?? found, mine: await findPick(tx, id, actor.id) };
  });
  deps.relay.wake();
  return openShiftView(shift, mine?.status ?? null);
}
