import { AppError } from '@muster/contracts';
import type { PickAnswer } from '@muster/contracts/http/attendance-open-shifts';
import { insertOutbox, type Tx, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { type Pick, pickView } from '../../domain/open-shifts/open-shift.ts';
import { findOpenShift, freePlace } from '../../sql/open-shifts/open-shifts.ts';
import { findPick, movePick } from '../../sql/open-shifts/picks.ts';
import { lockRostersOf } from '../../sql/roster-changes/lock-rosters-of.ts';
import { changeRosters } from '../roster-changes/change-rosters.ts';
import { pickEvent } from './shift-event.ts';
import { noSuchOpenShift } from './site-in-reach.ts';

/**
 * Gives the actor's place back, until the deadline: the shift leaves their roster, and the next one may pick it up.
 * @throws AppError not_found (no place of theirs), conflict (too late, or the shift went elsewhere, by a swap for instance)
 */
export async function giveBackShift(deps: Deps, actor: Actor, id: string): Promise<PickAnswer> {
  authorise(actor, 'open-shifts.pick');
  const pick = await withTransaction(deps.sql, (tx) => giveBack(deps, tx, actor, id));
  deps.relay.wake();
  return pickView(pick);
}

async function giveBack(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Pick> {
  const nowMs = deps.clock.now().epochMilliseconds;
  const employeeId = actor.id;
  await lockRostersOf(tx, [employeeId]);
  const [found, before] = [await findOpenShift(tx, id), await findPick(tx, id, employeeId)];
  if (!found || !before || (before.status !== 'TAKEN' && before.status !== 'WAITING')) throw noSuchOpenShift();
  if (nowMs >= found.giveBackUntilMs) throw new AppError('conflict', 'It is too late to give this shift back.');
  const pick = await movePick(tx, before.id, { from: before.status, to: 'GIVEN_BACK', nowMs, decidedBy: null });
  if (!pick) throw new AppError('conflict', 'A manager decided meanwhile.');
  if (before.status === 'TAKEN') {
    const change = { employeeId, loses: [{ date: found.date, shiftId: found.shiftId }], gains: [] };
    await changeRosters(deps, tx, [change], { origin: 'OPEN_SHIFT', originId: id });
  }
  const shift = (await freePlace(tx, id)) ?? found;
  const told = { actor: toEventActor(actor), nowMs, employeeId };
  await insertOutbox(tx, [pickEvent('attendance.open-shift-given-back.v1', shift, told)]);
  return pick;
}
