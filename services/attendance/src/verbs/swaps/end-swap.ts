import type { SwapAnswer } from '@muster/contracts/http/attendance-swaps';
import { insertOutbox, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { swapView } from '../../domain/swaps/swap.ts';
import { findSwap } from '../../sql/swaps/find-swap.ts';
import { moveSwap } from '../../sql/swaps/move-swap.ts';
import { noSuchSwap, swapEvent, swapIsOver } from './swap-event.ts';

const endings = {
  /** By the colleague, also after having accepted. */
  DECLINED: { event: 'attendance.swap-declined.v1', by: { answer: true } },
  /** By who asked. */
  CANCELLED: { event: 'attendance.swap-cancelled.v1', by: null },
} as const;

/**
 * Ends a swap that nobody has decided yet, by one of its two people.
 * @throws AppError not_found for everybody else, conflict when it does not wait any more
 */
export async function endSwap(deps: Deps, actor: Actor, id: string, to: keyof typeof endings): Promise<SwapAnswer> {
  authorise(actor, 'swaps.ask');
  const nowMs = deps.clock.now().epochMilliseconds;
  const { event, by } = endings[to];
  const swap = await withTransaction(deps.sql, async (tx) => {
    const found = await findSwap(tx, id);
    const [mine, other] =
      to === 'DECLINED' ? (['colleagueId', 'requesterId'] as const) : (['requesterId', 'colleagueId'] as const);
    if (found?.[mine] !== actor.id) throw noSuchSwap();
    const moved = await moveSwap(tx, id, { from: ['OFFERED', 'ACCEPTED'], to, nowMs, by });
    if (!moved) throw swapIsOver();
    const told = { actor: toEventActor(actor), nowMs, employeeIds: [moved[other]] };
    await insertOutbox(tx, [swapEvent(event, moved, told)]);
    return moved;
  });
  deps.relay.wake();
  return swapView(swap);
}
