import { AppError, type EventActor } from '@muster/contracts';
import type { AskSwapBody, SwapAnswer } from '@muster/contracts/http/attendance-swaps';
import { insertOutbox, isUniqueViolation, newId, type Tx, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { expiryOf, type Swap, swapView } from '../../domain/swaps/swap.ts';
import { findPeople, type PersonAtSite } from '../../sql/find-people.ts';
import { lockRostersOf } from '../../sql/roster-changes/lock-rosters-of.ts';
import { insertSwap } from '../../sql/swaps/insert-swap.ts';
import { checkRosterChanges } from '../roster-changes/change-rosters.ts';
import { swapEvent } from './swap-event.ts';
import { findPlannedShift, shiftOfType, toSwapped } from './swap-shifts.ts';

/**
 * Offers one of the actor's published shifts to a colleague of the same site. What the colleague has is not looked at: nobody learns
 * another's roster by asking; they look at it when they accept.
 * @throws AppError not_found (colleague, shift type), conflict (no such shift, asked already, begun, overlap), idempotency_mismatch, request_in_progress
 */
export async function askSwap(deps: Deps, actor: Actor, body: AskSwapBody, key?: string): Promise<SwapAnswer> {
  authorise(actor, 'swaps.ask');
  const nowMs = deps.clock.now().epochMilliseconds;
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/rosters/swaps ${actor.id}`,
      key,
      request: body,
      run: async (tx) => ({ status: 201, body: await ask(deps, tx, toEventActor(actor), body, nowMs) }),
    });
    deps.relay.wake();
    return answer.body as SwapAnswer;
  } catch (error) {
    if (isUniqueViolation(error, 'shift_swaps_waiting'))
      throw new AppError('conflict', 'This colleague was asked about this shift already.');
    throw error;
  }
}

async function ask(deps: Deps, tx: Tx, actor: EventActor, body: AskSwapBody, nowMs: number): Promise<SwapAnswer> {
  const { colleagueId, offered, wanted, note = null } = body;
  const { me, colleague } = await colleagues(tx, actor.id, colleagueId);
  await lockRostersOf(tx, [me.id]);
  const given = await findPlannedShift(deps, tx, me.id, offered);
  if (!given) throw new AppError('conflict', 'You have no such shift (any more).');
  const taken = wanted ? await shiftOfType(tx, wanted, colleague.zone ?? deps.defaultPlace.zone) : undefined;
  if (wanted && !taken) throw new AppError('not_found', 'There is no such shift type.');
  const [give, take] = [toSwapped(given), taken ? toSwapped(taken) : null];
  const expiresAtMs = expiryOf(give, take);
  if (expiresAtMs <= nowMs) throw new AppError('conflict', 'A shift that has begun cannot be swapped.');
  await checkRosterChanges(deps, tx, [{ employeeId: me.id, loses: [offered], gains: taken ? [taken] : [] }]);
  const swap: Swap = {
    ...{ id: newId(), version: 1, requesterId: me.id, colleagueId, offered: give, wanted: take, status: 'OFFERED' },
    ...{ expiresAtMs, note, reason: null, askedAtMs: nowMs, answeredAtMs: null, decidedAtMs: null, decidedBy: null },
  };
  await insertSwap(tx, swap);
  await insertOutbox(tx, [swapEvent('attendance.swap-asked.v1', swap, { actor, nowMs, employeeIds: [colleagueId] })]);
  return swapView(swap);
}

async function colleagues(
  tx: Tx,
  myId: string,
  colleagueId: string,
): Promise<Record<'me' | 'colleague', PersonAtSite>> {
  const people = await findPeople(tx, [myId, colleagueId]);
  const [me, colleague] = [people.get(myId), people.get(colleagueId)];
  const together = me?.status === 'active' && colleague?.status === 'active' && me.siteId === colleague.siteId;
  if (!together || myId === colleagueId) throw new AppError('not_found', 'There is no such colleague at your site.');
  return { me, colleague };
}
