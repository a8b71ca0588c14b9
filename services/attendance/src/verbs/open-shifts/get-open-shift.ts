import type { OpenShiftAnswer } from '@muster/contracts/http/attendance-open-shifts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { openShiftView } from '../../domain/open-shifts/open-shift.ts';
import { findPick } from '../../sql/open-shifts/picks.ts';
import { findReachableShift } from './site-in-reach.ts';

/** One open shift of the actor's site. Throws `not_found` for every other. */
export async function getOpenShift(deps: Deps, actor: Actor, id: string): Promise<OpenShiftAnswer> {
  const shift = await findReachableShift(deps.sql, actor, authorise(actor, 'open-shifts.read'), id);
  return openShiftView(shift, (await findPick(deps.sql, id, actor.id))?.status ?? null);
}
