import { systemActor } from '@muster/contracts';
import { insertOutbox, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { expireSwaps as endBegun } from '../../sql/swaps/move-swap.ts';
import { partiesOf, swapEvent } from './swap-event.ts';

const batch = 500;

/** Ends swaps nobody decided before the first of their shifts began, and tells both. Returns how many. */
export async function expireSwaps(deps: Pick<Deps, 'sql' | 'clock' | 'relay'>): Promise<number> {
  const nowMs = deps.clock.now().epochMilliseconds;
  let total = 0;
  for (;;) {
    const ended = await withTransaction(deps.sql, async (tx) => {
      const swaps = await endBegun(tx, nowMs, batch);
      const told = { actor: systemActor, nowMs };
      await insertOutbox(
        tx,
        swaps.map((swap) => swapEvent('attendance.swap-expired.v1', swap, { ...told, employeeIds: partiesOf(swap) })),
      );
      return swaps.length;
    });
    if (ended > 0) deps.relay.wake();
    total += ended;
    if (ended < batch) return total;
  }
}
