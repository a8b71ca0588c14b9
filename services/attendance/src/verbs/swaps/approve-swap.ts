import { systemActor } from '@muster/contracts';
import type { SwapAnswer } from '@muster/contracts/http/attendance-swaps';
import { insertOutbox, withTransaction } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { swapView } from '../../domain/swaps/swap.ts';
import { lockRostersOf } from '../../sql/roster-changes/lock-rosters-of.ts';
import { moveSwap, overtakeSwaps } from '../../sql/swaps/move-swap.ts';
import { changeRosters } from '../roster-changes/change-rosters.ts';
import { findDecidableSwap } from './find-decidable-swap.ts';
import { swapChanges } from './swap-changes.ts';
import { partiesOf, swapEvent, swapIsOver } from './swap-event.ts';

/**
 * Approves a swap that both agreed upon: both rosters change with it or not at all, and other swaps of the same shifts end. Of two that
 * decide at once the second gets `conflict`.
 * @throws AppError not_found, forbidden (one's own), conflict (not waiting, changed meanwhile, overlap, leave)
 */
export async function approveSwap(deps: Deps, actor: Actor, id: string, reason?: string): Promise<SwapAnswer> {
  const parties = partiesOf(await findDecidableSwap(deps, actor, id));
  const nowMs = deps.clock.now().epochMilliseconds;
  const swap = await withTransaction(deps.sql, async (tx) => {
    await lockRostersOf(tx, parties);
    const by = { decidedBy: actor.id, reason };
    const moved = await moveSwap(tx, id, { from: ['ACCEPTED'], to: 'APPROVED', nowMs, by });
    if (!moved) throw swapIsOver();
    const changes = await swapChanges(deps, tx, moved);
    await changeRosters(deps, tx, changes, { origin: 'SWAP', originId: id });
    const gone = changes.flatMap(({ employeeId, loses }) => loses.map((shift) => ({ employeeId, ...shift })));
    const overtaken = await overtakeSwaps(tx, gone);
    await insertOutbox(tx, [
      swapEvent('attendance.swap-approved.v1', moved, { actor: toEventActor(actor), nowMs, employeeIds: parties }),
      ...overtaken.map((other) => {
        const told = { actor: systemActor, nowMs, employeeIds: partiesOf(other) };
        return swapEvent('attendance.swap-overtaken.v1', other, told);
      }),
    ]);
    return moved;
  });
  deps.relay.wake();
  return swapView(swap);
}
