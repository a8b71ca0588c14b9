import { withTransaction } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { movedInstants } from '../../domain/rosters/moved-instants.ts';
import { latestDate } from '../../domain/rosters/planned-through.ts';
import { queueHeadcountOfAll } from '../../sql/rosters/headcount-queue.ts';
import { listPlannedInstants, replacePlannedInstants } from '../../sql/rosters/planned-instants.ts';

/** Takes note of what a newer time-zone database moved: those shifts are named no more, and headcount is counted anew. */
export async function acceptMovedShifts(deps: Pick<Deps, 'sql' | 'clock'>, actor: Actor): Promise<void> {
  authorise(actor, 'shifts.manage');
  const today = plusDays(latestDate(deps.clock.now().epochMilliseconds), -2);
  await withTransaction(deps.sql, async (tx) => {
    const moved = movedInstants(await listPlannedInstants(tx, today));
    if (moved.length === 0) return;
    await replacePlannedInstants(
      tx,
      moved.map(({ was, now }) => ({ ...was, ...now })),
    );
    await queueHeadcountOfAll(tx);
  });
}
