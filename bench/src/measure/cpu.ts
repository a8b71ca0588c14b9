import { readdir, readFile } from 'node:fs/promises';

/** Processor seconds by group since the machine started; empty where there is no /proc. */
export type CpuSnapshot = ReadonlyMap<string, number>;

// USER_HZ is 100 on every Linux that Node runs on.
const ticksPerSecond = 100;

interface ProcessTimes {
  pid: number;
  parent: number;
  ticks: number;
}

/** Reads a line of /proc/PID/stat: own times and those of children that ended (Postgres' closed connections). */
export function parseStat(text: string): ProcessTimes {
  // The name in brackets may hold anything.
  const rest = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(rest[at]), 0);
  return { pid: Number.parseInt(text, 10), parent: Number(rest[1]), ticks };
}

/** Adds up each process and all below it under the group of the nearest ancestor that has one. */
export function sumByGroup(processes: readonly ProcessTimes[], groups: ReadonlyMap<number, string>): CpuSnapshot {
  const byPid = new Map(processes.map((one) => [one.pid, one]));
  const sums = new Map<string, number>();
  for (const one of processes) {
    let ancestor: ProcessTimes | undefined = one;
    while (ancestor && !groups.has(ancestor.pid)) ancestor = byPid.get(ancestor.parent);
    const group = ancestor && groups.get(ancestor.pid);
    if (group) sums.set(group, (sums.get(group) ?? 0) + one.ticks / ticksPerSecond);
  }
  return sums;
}

/** Processor time now, by group of process ids. */
export async function readCpu(groups: ReadonlyMap<number, string>): Promise<CpuSnapshot> {
  const names = await readdir('/proc').catch(() => []);
  const stats = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')),
  );
  return sumByGroup(stats.filter(Boolean).map(parseStat), groups);
}

/** Processors used by each group between two snapshots: 1 is one core all the time. Sorted, the largest first. */
export function coresBetween(before: CpuSnapshot, after: CpuSnapshot, seconds: number): Record<string, number> {
  const used = [...after].map(([group, end]) => [group, (end - (before.get(group) ?? 0)) / seconds] as const);
  return Object.fromEntries(used.filter(([, cores]) => cores >= 0.005).sort(([, a], [, b]) => b - a));
}
