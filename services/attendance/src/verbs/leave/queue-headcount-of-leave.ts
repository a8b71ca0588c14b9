import type { Tx } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { headcountDates } from '../../domain/rosters/planned-through.ts';
import { queueHeadcountOf } from '../../sql/rosters/headcount-queue.ts';

/**
 * Notes that somebody's site expects one more, or one less, since they go on leave or come after all. What lies further ahead than headcount
 * is planned is counted when its time comes.
 */
export async function queueHeadcountOfLeave(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  { employeeId, from, to }: { employeeId: string; from: string; to: string },
): Promise<void> {
  const dates = headcountDates(clock.now().epochMilliseconds);
  if (from <= dates.to && to >= dates.from) await queueHeadcountOf(tx, [employeeId]);
}
