import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isRunning, type ProcessIdentity } from '../process/identity.ts';

/** Runs `work` while no other process holds the lock; a holder that died does not count. `onWait` is called once. */
export async function withLock<T>(path: string, work: () => Promise<T>, onWait?: (pid: number) => void): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  for (;;) {
    const holder = tryHold(path);
    if (!holder) break;
    if (!told) onWait?.(holder.pid);
    told = true;
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** Undefined when the lock is ours now, else who has it. */
function tryHold(path: string): ProcessIdentity | undefined {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(identify(process.pid)));
  try {
    // A link either appears whole or fails: nobody reads a half-written holder.
    linkSync(draft, path);
    return undefined;
  } catch {
    const holder = readHolder(path);
    if (holder && !isRunning(holder)) rmSync(path, { force: true });
    return holder ?? { pid: 0, born: '' };
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
