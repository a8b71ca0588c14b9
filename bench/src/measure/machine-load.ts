import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Busy seconds of all processors together, read from the first line of /proc/stat. Waiting for the disk is idle. */
export function parseBusy(stat: string): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = stat
    .slice(0, stat.indexOf('\n'))
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq + steal) / 100;
}

/** {@link parseBusy} of now; NaN where there is no /proc. */
export const readBusy = (): Promise<number> => readFile('/proc/stat', 'utf8').then(parseBusy, () => Number.NaN);

const lookMs = 2000;

/** Waits until at most `cores` processors are busy, the platform idle, or until the time is up. */
export async function untilQuiet(cores: number, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const before = await readBusy();
    await sleep(lookMs);
    const busy = ((await readBusy()) - before) / (lookMs / 1000);
    if (!(busy > cores) || Date.now() > deadline) return;
  }
}
