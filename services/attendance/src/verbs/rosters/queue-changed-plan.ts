import type { Tx } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { plannedThrough } from '../../domain/rosters/planned-through.ts';
import { queueHeadcountOf } from '../../sql/rosters/headcount-queue.ts';
import { queuePlannedDays } from '../../sql/rosters/queue-planned-days.ts';

/** Dates of a person whose plan changed; `to` null: until further notice. */
export interface ChangedPlan {
  employeeId: string;
  from: string;
  to: string | null;
}

/** Queues what follows from a changed plan, in its transaction: the days it touches, and the headcount of the people's sites. */
export async function queueChangedPlan(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  changes: readonly ChangedPlan[],
): Promise<void> {
  if (changes.length === 0) return;
  const through = plannedThrough(clock.now().epochMilliseconds);
  const ranges = changes.map(({ employeeId, from, to }) => ({ employeeId, from, to: to ?? '2100-01-01' }));
  await queuePlannedDays(tx, ranges, through);
  await queueHeadcountOf(
    tx,
    changes.map(({ employeeId }) => employeeId),
  );
}
