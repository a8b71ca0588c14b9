import { createPause } from '../relay/pause.ts';
import type { Log, Sql, Stoppable } from '../types.ts';
import { purgeOnce } from './purge-once.ts';

/** Purges this package's tables now and then. Every service with a database starts one; default every 10 minutes. */
export function startPurge({ sql, log, everyMs = 600_000 }: { sql: Sql; log: Log; everyMs?: number }): Stoppable {
  const pause = createPause();
  let stopping = false;

  async function loop(): Promise<void> {
    while (!stopping) {
      // Not at once: a start has better things to do, and pods that start together should not purge together.
      await pause.sleep(everyMs * (0.5 + Math.random() / 2));
      if (stopping) return;
      try {
        log.debug(await purgeOnce(sql), 'purged');
      } catch (error) {
        log.warn({ err: error }, 'could not purge');
      }
    }
  }

  const running = loop();
  return {
    async stop() {
      stopping = true;
      pause.end();
      await running;
    },
  };
}
