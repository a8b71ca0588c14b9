import { AppError } from '@muster/contracts';
import type { PickAnswer } from '@muster/contracts/http/attendance-open-shifts';
import { insertOutbox, isUniqueViolation, newId, type Tx, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { type Pick, pickView } from '../../domain/open-shifts/open-shift.ts';
import { findOpenShift, takePlace } from '../../sql/open-shifts/open-shifts.ts';
import { insertPick } from '../../sql/open-shifts/picks.ts';
import { lockRostersOf } from '../../sql/roster-changes/lock-rosters-of.ts';
import { changeRosters, checkRosterChanges } from '../roster-changes/change-rosters.ts';
import { placeGained } from './open-place.ts';
import { pickEvent } from './shift-event.ts';
import { noSuchOpenShift, siteInReach } from './site-in-reach.ts';

const noPlace = (): AppError => new AppError('conflict', 'No place is left, or it cannot be picked up any more.');

/**
 * Gives the actor a place of an open shift of their site: it is in their roster at once, or holds its place until a manager agrees. Of any
 * number of people who want the last place one gets it.
 * @throws AppError not_found, conflict (no place left, begun, one's already, overlap, leave)
 */
export async function pickUpShift(deps: Deps, actor: Actor, id: string): Promise<PickAnswer> {
  authorise(actor, 'open-shifts.pick');
  try {
    const pick = await withTransaction(deps.sql, (tx) => pickUp(deps, tx, actor, id));
    deps.relay.wake();
    return pickView(pick);
  } catch (error) {
    if (isUniqueViolation(error, 'open_shift_picks_place'))
      throw new AppError('conflict', 'You picked this shift up already.');
    throw error;
  }
}

async function pickUp(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Pick> {
  const nowMs = deps.clock.now().epochMilliseconds;
  const employeeId = actor.id;
  const found = await findOpenShift(tx, id);
  // Whatever the role: a place is for people of the site.
  if (!found || found.siteId !== (await siteInReach(tx, actor, 'site'))) throw noSuchOpenShift();
  await lockRostersOf(tx, [employeeId]);
  // Most of a crowd learn it here; the update below is what decides.
  if (found.taken >= found.places) throw noPlace();
  const status = found.needsApproval ? 'WAITING' : 'TAKEN';
  const pick: Pick = {
    id: newId(),
    openShiftId: id,
    employeeId,
    status,
    pickedAtMs: nowMs,
    decidedAtMs: null,
    version: 1,
  };
  await insertPick(tx, pick);
  const change = await placeGained(tx, found, employeeId);
  if (status === 'WAITING') await checkRosterChanges(deps, tx, [change]);
  else await changeRosters(deps, tx, [change], { origin: 'OPEN_SHIFT', originId: id });
  // Last, since from here on everybody else who wants a place waits for this commit.
  const shift = await takePlace(tx, id, nowMs);
  if (!shift) throw noPlace();
  const type = status === 'WAITING' ? 'attendance.open-shift-asked.v1' : 'attendance.open-shift-picked.v1';
  await insertOutbox(tx, [pickEvent(type, shift, { actor: toEventActor(actor), nowMs, employeeId })]);
  return pick;
}
