import type { Deps } from '../deps.ts';
import { quarterMs } from '../domain/planned-load.ts';
import { type PodsWanted, podsAt } from '../domain/pods-wanted.ts';
import { listPlannedHeadcount } from '../sql/list-planned-headcount.ts';

/** Pods wanted at this moment, for what is on and what begins within the lead time. */
export async function podsNow({ sql, clock, scaling }: Pick<Deps, 'sql' | 'clock' | 'scaling'>): Promise<PodsWanted> {
  const nowMs = clock.now().epochMilliseconds;
  const inSight = { fromMs: nowMs - quarterMs, toMs: nowMs + scaling.leadMs + 1 };
  return podsAt(await listPlannedHeadcount(sql, inSight), nowMs, scaling);
}
