import { type Stoppable, startLoop } from '@muster/db';
import type { Deps } from '../deps.ts';
import { recomputeDays } from '../verbs/recompute-days.ts';

export interface DaysWorkerOptions {
  /** Milliseconds between looks at an empty queue. Default 1000. */
  idleMs?: number;
  /** While this says so (check-ins come in a rush) it takes one batch every five pauses: the door goes first. */
  yieldWhile?: () => boolean;
}

/** Keeps the attendance days up with the facts. Every process may run one: they share the queue. */
export function startDaysWorker(
  deps: Deps,
  { idleMs = 1000, yieldWhile = () => false }: DaysWorkerOptions = {},
): Stoppable {
  let found = 0;
  async function pass(): Promise<void> {
    try {
      found = await recomputeDays(deps);
    } catch (error) {
      found = 0;
      deps.log.warn({ err: error }, 'could not derive attendance days');
    }
  }
  return startLoop(pass, () => (yieldWhile() ? 5 * idleMs : found > 0 ? 0 : idleMs));
}
