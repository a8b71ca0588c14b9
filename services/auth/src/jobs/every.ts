import type { Log } from '@muster/service-kit';

export interface Job {
  /** Waits for a run that is under way. */
  stop(): Promise<void>;
}

/** Runs `work` every `everyMs`, never twice at a time; a failure is logged and the next run comes all the same. */
export function every(everyMs: number, log: Log, name: string, work: () => Promise<unknown>): Job {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const plan = (): void => {
    timer = setTimeout(() => {
      running = work()
        .catch((err) => log.warn({ err, job: name }, 'job failed, it will run again'))
        .then(() => {
          if (!stopped) plan();
        });
    }, everyMs);
    timer.unref();
  };
  plan();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
