import { startLoop } from '../loop.ts';
import type { Log, Sql, Stoppable } from '../types.ts';
import { purgeOnce } from './purge-once.ts';

/** Purges this package's tables now and then. Every service with a database starts one; default every 10 minutes. */
export function startPurge({ sql, log, everyMs = 600_000 }: { sql: Sql; log: Log; everyMs?: number }): Stoppable {
  async function pass(): Promise<void> {
    try {
      log.debug(await purgeOnce(sql), 'purged');
    } catch (error) {
      log.warn({ err: error }, 'could not purge');
    }
  }
  // Not at once: a start has better things to do, and pods that start together should not purge together.
  return startLoop(pass, () => everyMs * (0.5 + Math.random() / 2));
}
