import { setTimeout as sleep } from 'node:timers/promises';
import type { EnvFolder } from '../env/env-folder.ts';
import { findMarked } from './find-marked.ts';
import { isRunning, type ProcessIdentity, signalProcess } from './identity.ts';
import { readPidBook } from './pid-book.ts';

/**
 * Ends whatever an environment left running: asks first, kills after `graceMs`. `except` are numbers to spare.
 * Returns how many processes there were.
 */
export async function reap(folder: EnvFolder, graceMs: number, except: readonly number[] = []): Promise<number> {
  const left = leftovers(folder, except);
  for (const each of left) signalProcess(each, 'SIGTERM');
  await gone(left, graceMs);
  for (const each of leftovers(folder, except)) signalProcess(each, 'SIGKILL');
  await gone(left, 2_000);
  return left.length;
}

/** Processes of this environment that run now, verified to be ours. */
export function leftovers(folder: EnvFolder, except: readonly number[] = []): ProcessIdentity[] {
  const known = Object.values(readPidBook(folder.pids)).filter(isRunning);
  const byPid = new Map([...known, ...findMarked(folder.root)].map((each) => [each.pid, each]));
  for (const pid of except) byPid.delete(pid);
  return [...byPid.values()];
}

async function gone(processes: readonly ProcessIdentity[], limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (processes.some(isRunning) && performance.now() < deadline) await sleep(25);
}
