import { newId, type Tx } from '@muster/db';
import { plannedThrough } from '../../domain/rosters/planned-through.ts';
import {
  lockMovedAssignments,
  rezoneAssignments,
  rezoneRosterDays,
  splitAssignments,
} from '../../sql/rosters/follow-places.ts';
import { queuePlannedDays } from '../../sql/rosters/queue-planned-days.ts';

/**
 * Lets plans follow a person who works at another site by now, or a site that has another zone: from today on wall times are those of
 * the new zone. Days behind us stay what they were. `nowMs`: Unix milliseconds.
 */
export async function followPlaces(
  tx: Tx,
  whose: { employeeId: string } | { siteId: string },
  nowMs: number,
): Promise<void> {
  const moved = await lockMovedAssignments(tx, whose);
  const days = 'siteId' in whose ? await rezoneRosterDays(tx, whose.siteId) : [];
  if (moved.length === 0 && days.length === 0) return;
  await rezoneAssignments(
    tx,
    moved.filter(({ from, today }) => from >= today),
  );
  await splitAssignments(
    tx,
    moved.filter(({ from, today }) => from < today).map((one) => ({ ...one, nextId: newId() })),
  );
  const through = plannedThrough(nowMs);
  const ranges = moved.map(({ employeeId, today }) => ({ employeeId, from: today, to: through }));
  await queuePlannedDays(tx, [...ranges, ...days], through);
}
