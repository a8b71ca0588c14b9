import { every } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { sweepCreations } from '../verbs/sweep-creations.ts';
import { sweepErasures } from '../verbs/sweep-erasures.ts';
import { sweepExports } from '../verbs/sweep-exports.ts';
import { sweepPhotos } from '../verbs/sweep-photos.ts';

/** Runs each sweep every `everyMs` (default 10 s). `stop` waits for those under way. */
export function startSweeps(deps: Deps, everyMs = 10_000): { stop(): Promise<void> } {
  const sweeps = [sweepCreations, sweepPhotos, sweepExports, sweepErasures].map((sweep) =>
    every({ everyMs, name: sweep.name, log: deps.log, work: () => sweep(deps) }),
  );
  return {
    async stop() {
      await Promise.all(sweeps.map((sweep) => sweep.stop()));
    },
  };
}
