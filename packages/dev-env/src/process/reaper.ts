import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { EnvFolder } from '../env/env-folder.ts';

/** The process that cleans up when we cannot: it notices our death because the pipe to it breaks. */
export interface Reaper {
  pid: number | undefined;
  /** Everything is stopped in order: nothing to clean. */
  dismiss(): Promise<void>;
}

/** Starts the reaper of an environment. `remove`: the folder goes too. */
export function startReaper(folder: EnvFolder, remove: boolean): Reaper {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'reaper-main.ts'), folder.name, remove ? 'remove' : 'keep'],
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/', env: { ...process.env } },
  );
  // A pipe that breaks because the reaper was killed must not take us with it.
  child.stdin.on('error', () => {});
  child.unref();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    pid: child.pid,
    async dismiss() {
      child.ref();
      child.stdin.end('bye');
      await ended;
    },
  };
}
