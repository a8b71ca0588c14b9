import type { SwapAnswer } from '@muster/contracts/http/attendance-swaps';
import { insertOutbox, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { swapView } from '../../domain/swaps/swap.ts';
import { lockRostersOf } from '../../sql/roster-changes/lock-rosters-of.ts';
import { findSwap } from '../../sql/swaps/find-swap.ts';
import { moveSwap } from '../../sql/swaps/move-swap.ts';
import { checkRosterChanges } from '../roster-changes/change-rosters.ts';
import { swapChanges } from './swap-changes.ts';
import { noSuchSwap, partiesOf, swapEvent, swapIsOver } from './swap-event.ts';

/**
 * The colleague agrees; a manager decides next. What both rosters say is looked at here for the first time, and again then.
 * @throws AppError not_found for everybody but the colleague, conflict (not waiting, changed meanwhile, overlap, leave)
 */
export async function acceptSwap(deps: Deps, actor: Actor, id: string): Promise<SwapAnswer> {
  authorise(actor, 'swaps.ask');
  const nowMs = deps.clock.now().epochMilliseconds;
  const swap = await withTransaction(deps.sql, async (tx) => {
    const found = await findSwap(tx, id);
    if (found?.colleagueId !== actor.id) throw noSuchSwap();
    await lockRostersOf(tx, partiesOf(found));
    const moved = await moveSwap(tx, id, { from: ['OFFERED'], to: 'ACCEPTED', nowMs, by: { answer: true } });
    if (!moved) throw swapIsOver();
    await checkRosterChanges(deps, tx, await swapChanges(deps, tx, moved));
    const told = { actor: toEventActor(actor), nowMs, employeeIds: [moved.requesterId] };
    await insertOutbox(tx, [swapEvent('attendance.swap-accepted.v1', moved, told)]);
    return moved;
  });
  deps.relay.wake();
  return swapView(swap);
}
