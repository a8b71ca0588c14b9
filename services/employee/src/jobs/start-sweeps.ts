import type { Deps } from '../deps.ts';
import { sweepCreations } from '../verbs/sweep-creations.ts';
import { sweepPhotos } from '../verbs/sweep-photos.ts';

/** Runs both sweeps every `everyMs` (default 10 s), one after the other. `stop` waits for the one under way. */
export function startSweeps(deps: Deps, everyMs = 10_000): { stop(): Promise<void> } {
  let running: Promise<void> | undefined;
  const sweep = async (): Promise<void> => {
    for (const run of [sweepCreations, sweepPhotos]) {
      await run(deps).catch((error) => deps.log.warn({ err: error, sweep: run.name }, 'sweep failed'));
    }
  };
  const timer = setInterval(() => {
    running ??= sweep().finally(() => {
      running = undefined;
    });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
