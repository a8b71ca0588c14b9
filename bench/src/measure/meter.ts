import { type CpuSnapshot, coresBetween, readCpu } from './cpu.ts';
import { readBusy } from './machine-load.ts';

export interface Usage {
  /** Cores used by each group. */
  cores: Record<string, number>;
  /** Cores used by whatever does not belong to the bench: with more than a little, the figures are too low. */
  othersCores: number;
}

/** Starts to count processor time by group of processes; call the result to read it, with the seconds that passed. */
export async function startMeter(groups: ReadonlyMap<number, string>): Promise<() => Promise<Usage>> {
  const startedAt = performance.now();
  const [before, busyBefore] = await Promise.all([readCpu(groups), readBusy()]);
  return async () => {
    const [after, busyAfter] = await Promise.all([readCpu(groups), readBusy()]);
    const seconds = (performance.now() - startedAt) / 1000;
    const all = (busyAfter - busyBefore) / seconds;
    return {
      cores: coresBetween(before, after, seconds),
      othersCores: Math.max(0, all - total(before, after) / seconds),
    };
  };
}

const total = (before: CpuSnapshot, after: CpuSnapshot): number =>
  [...after].reduce((sum, [group, end]) => sum + end - (before.get(group) ?? 0), 0);
