import type { SwapAnswer } from '@muster/contracts/http/attendance-swaps';
import { insertOutbox, withTransaction } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { swapView } from '../../domain/swaps/swap.ts';
import { moveSwap } from '../../sql/swaps/move-swap.ts';
import { findDecidableSwap } from './find-decidable-swap.ts';
import { partiesOf, swapEvent, swapIsOver } from './swap-event.ts';

/**
 * Rejects a swap that both agreed upon; the rosters stay.
 * @throws AppError not_found, forbidden (one's own), conflict (not waiting)
 */
export async function rejectSwap(deps: Deps, actor: Actor, id: string, reason?: string): Promise<SwapAnswer> {
  await findDecidableSwap(deps, actor, id);
  const nowMs = deps.clock.now().epochMilliseconds;
  const swap = await withTransaction(deps.sql, async (tx) => {
    const by = { decidedBy: actor.id, reason };
    const moved = await moveSwap(tx, id, { from: ['ACCEPTED'], to: 'REJECTED', nowMs, by });
    if (!moved) throw swapIsOver();
    const told = { actor: toEventActor(actor), nowMs, employeeIds: partiesOf(moved) };
    await insertOutbox(tx, [swapEvent('attendance.swap-rejected.v1', moved, told)]);
    return moved;
  });
  deps.relay.wake();
  return swapView(swap);
}
