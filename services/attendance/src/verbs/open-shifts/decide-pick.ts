import { AppError } from '@muster/contracts';
import type { PickAnswer } from '@muster/contracts/http/attendance-open-shifts';
import { insertOutbox, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { pickView } from '../../domain/open-shifts/open-shift.ts';
import { freePlace } from '../../sql/open-shifts/open-shifts.ts';
import { findPick, movePick } from '../../sql/open-shifts/picks.ts';
import { lockRostersOf } from '../../sql/roster-changes/lock-rosters-of.ts';
import { changeRosters } from '../roster-changes/change-rosters.ts';
import { placeGained } from './open-place.ts';
import { pickEvent } from './shift-event.ts';
import { findReachableShift } from './site-in-reach.ts';

/**
 * Agrees to somebody's pick, which puts the shift into their roster, or refuses it, which frees the place.
 * @throws AppError not_found, forbidden (one's own), conflict (not waiting any more, overlap, leave, begun)
 */
export async function decidePick(
  deps: Deps,
  actor: Actor,
  o: { openShiftId: string; employeeId: string; to: 'TAKEN' | 'REFUSED' },
): Promise<PickAnswer> {
  const scope = authorise(actor, 'open-shifts.manage');
  const nowMs = deps.clock.now().epochMilliseconds;
  const { openShiftId, employeeId, to } = o;
  const pick = await withTransaction(deps.sql, async (tx) => {
    const found = await findReachableShift(tx, actor, scope, openShiftId);
    await lockRostersOf(tx, [employeeId]);
    const before = await findPick(tx, openShiftId, employeeId);
    if (!before) throw new AppError('not_found', 'There is no such pick.');
    if (employeeId === actor.id) throw new AppError('forbidden', 'Somebody else decides about your own shift.');
    if (to === 'TAKEN' && found.startsAtMs <= nowMs) throw new AppError('conflict', 'The shift has begun.');
    const moved = await movePick(tx, before.id, { from: 'WAITING', to, nowMs, decidedBy: actor.id });
    if (!moved) throw new AppError('conflict', 'The pick does not wait any more.');
    const told = { actor: toEventActor(actor), nowMs, employeeId };
    if (to === 'TAKEN') {
      const change = await placeGained(tx, found, employeeId);
      await changeRosters(deps, tx, [change], { origin: 'OPEN_SHIFT', originId: openShiftId });
      await insertOutbox(tx, [pickEvent('attendance.open-shift-approved.v1', found, told)]);
    } else {
      const shift = (await freePlace(tx, openShiftId)) ?? found;
      await insertOutbox(tx, [pickEvent('attendance.open-shift-refused.v1', shift, told)]);
    }
    return moved;
  });
  deps.relay.wake();
  return pickView(pick);
}
