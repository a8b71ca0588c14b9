import { setTimeout as sleep } from 'node:timers/promises';
import { get } from '../src/cluster.ts';

/** Pods of attendance at one moment. */
export interface PodCount {
  /** Seconds from the beginning of the rush. */
  atS: number;
  wanted: number;
  ready: number;
}

/** Looks at the Deployment every two seconds until told to stop; what it saw, in order of time. */
export function watchPods(beganAt: number) {
  const seen: PodCount[] = [];
  let going = true;
  const watching = (async () => {
    while (going) {
      // A look that fails on a busy machine is one look less.
      const deployment = await get(['deployment', 'attendance']).catch(() => undefined);
      const atS = (performance.now() - beganAt) / 1000;
      if (deployment) {
        const { spec, status } = deployment;
        seen.push({ atS, wanted: spec.replicas, ready: status.readyReplicas ?? 0 });
      }
      await sleep(2000);
    }
  })();
  return {
    async stop(): Promise<PodCount[]> {
      going = false;
      await watching;
      return seen;
    },
  };
}
