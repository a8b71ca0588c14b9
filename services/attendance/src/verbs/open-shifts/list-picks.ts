import type { PickAnswer } from '@muster/contracts/http/attendance-open-shifts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { pickView } from '../../domain/open-shifts/open-shift.ts';
import { listPicks as select } from '../../sql/open-shifts/picks.ts';
import { findReachableShift } from './site-in-reach.ts';

// A shift has at most 1,000 places; who gave theirs back is listed, too.
const most = 2000;

/** Who picked an open shift up, and what became of it, oldest first. Throws `not_found`. */
export async function listPicks(deps: Deps, actor: Actor, id: string): Promise<{ data: PickAnswer[] }> {
  await findReachableShift(deps.sql, actor, authorise(actor, 'open-shifts.manage'), id);
  return { data: (await select(deps.sql, id, most)).map(pickView) };
}
