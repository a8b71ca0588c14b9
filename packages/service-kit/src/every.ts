import type { Log } from './logger.ts';

export interface EveryOptions {
  /** Pause before each run. */
  everyMs: number;
  /** How the log calls it. */
  name: string;
  log: Pick<Log, 'warn'>;
  work: () => Promise<unknown>;
}

/**
 * Runs `work` after each pause, never twice at a time; a failure is logged and the next run comes all the same. `stop`
 * waits for a run that is under way.
 */
export function every({ everyMs, name, log, work }: EveryOptions): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const run = async (): Promise<void> => {
    try {
      await work();
    } catch (err) {
      log.warn({ err, job: name }, 'job failed, it will run again');
    }
    if (!stopped) plan();
  };
  const plan = (): void => {
    timer = setTimeout(() => {
      running = run();
    }, everyMs);
    timer.unref();
  };
  plan();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
