import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '@muster/db';
import type { DoorCount, StayCount } from '../domain/days/index.ts';
import { queueRanges } from '../sql/queue-ranges.ts';
import { listSessionCounts, saveSessionCounts } from '../sql/session-counts.ts';

/**
 * Brings sessions in line with the days their check-ins count for, and writes only those that differ. Whoever is at the door at that moment is
 * passed over and queued again, so that neither waits for the other.
 */
export async function alignSessions(tx: Tx, counts: readonly DoorCount[]): Promise<void> {
  if (counts.length === 0) return;
  const byIn = new Map(counts.map((count) => [count.inId, count]));
  const differing = (await listSessionCounts(tx, reachOf(counts))).flatMap(({ id, inId, count: said }) => {
    const day = byIn.get(inId);
    if (!day) return [];
    const { employeeId, date, shift, late, earlyExit } = day;
    const count: StayCount = { shift, late, earlyExit };
    return isDeepStrictEqual(said, count) ? [] : [{ id, count, employeeId, from: date, to: date }];
  });
  const written = await saveSessionCounts(tx, differing);
  await queueRanges(
    tx,
    differing.filter(({ id }) => !written.has(id)),
  );
}

function reachOf(counts: readonly DoorCount[]): { employeeId: string; fromMs: number; toMs: number }[] {
  const reach = new Map<string, { employeeId: string; fromMs: number; toMs: number }>();
  for (const { employeeId, fromMs } of counts) {
    const known = reach.get(employeeId);
    if (!known) reach.set(employeeId, { employeeId, fromMs, toMs: fromMs });
    else {
      known.fromMs = Math.min(known.fromMs, fromMs);
      known.toMs = Math.max(known.toMs, fromMs);
    }
  }
  return [...reach.values()];
}
