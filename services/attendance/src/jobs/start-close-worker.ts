import { type Stoppable, startLoop } from '@muster/db';
import type { Deps } from '../deps.ts';
import { advanceClose } from '../verbs/timesheets/advance-close.ts';

/** Goes on with closes of months whose request ended, or whose process died. Every process may run one: they share the work. */
export function startCloseWorker(
  deps: Pick<Deps, 'sql' | 'clock' | 'relay' | 'log'>,
  { idleMs = 5000 } = {},
): Stoppable {
  let found = false;
  async function pass(): Promise<void> {
    try {
      found = await advanceClose(deps);
    } catch (error) {
      found = false;
      deps.log.warn({ err: error }, 'could not go on closing a month');
    }
  }
  return startLoop(pass, () => (found ? 0 : idleMs));
}
