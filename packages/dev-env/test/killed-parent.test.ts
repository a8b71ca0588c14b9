import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { envFolder } from '../src/env/env-folder.ts';
import { sweepAbandoned } from '../src/env/owner.ts';
import { isRunning } from '../src/process/identity.ts';
import { readPidBook } from '../src/process/pid-book.ts';
import { waitUntil } from '../src/process/wait-until.ts';

const buildMs = 30 * 60_000;
let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

/** Starts a program with a platform and returns its folder; `until`: the line to wait for after it. */
async function runPlatform(until?: string): Promise<string> {
  const running = spawn(process.execPath, [join(import.meta.dirname, 'fixture/run-and-wait.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = running;
  let folder = '';
  for await (const line of createInterface({ input: running.stdout })) {
    if (!folder) folder = line;
    if (!until || line === until) return folder;
  }
  throw new Error('the program ended before it was killed');
}

// Also finds what has no mark: Postgres' own processes rewrite their environment.
const mentions = (folder: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return ['cmdline', 'environ'].some((file) => readFileSync(`/proc/${pid}/${file}`, 'latin1').includes(folder));
    } catch {
      return false;
    }
  });

const onLinux = process.platform === 'linux';

test.runIf(onLinux)(
  'kill -9 of the parent ends every process and removes what was throwaway',
  { timeout: buildMs },
  async () => {
    const folder = await runPlatform('started');
    // Six of infrastructure, two services, two sidecars.
    const parts = Object.values(readPidBook(join(folder, 'pids.json')));
    expect(parts.filter(isRunning)).toHaveLength(10);
    child?.kill('SIGKILL');
    await waitUntil('no process', () => !parts.some(isRunning) && mentions(folder).length === 0, 30_000);
    await waitUntil('no folder', () => !existsSync(folder), 30_000);
  },
);

test.runIf(onLinux)('also in the middle of the start', { timeout: buildMs }, async () => {
  const folder = await runPlatform();
  await waitUntil('a first process', () => mentions(folder).length > 0, 60_000);
  child?.kill('SIGKILL');
  await waitUntil('no process', () => mentions(folder).length === 0, 30_000);
  await waitUntil('no folder', () => !existsSync(folder), 30_000);
});

test.runIf(onLinux)(
  'also when the reaper is killed first; the folder goes when somebody sweeps',
  { timeout: buildMs },
  async () => {
    const folder = await runPlatform('started');
    const name = folder.split('/').at(-1) ?? '';
    const reaper = readdirSync('/proc').find((pid) => {
      if (!/^\d+$/.test(pid)) return false;
      const words = existsSync(`/proc/${pid}/cmdline`)
        ? readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0')
        : [];
      return words.includes(name) && words.some((word) => word.endsWith('reaper-main.ts'));
    });
    process.kill(Number(reaper), 'SIGKILL');
    child?.kill('SIGKILL');
    await waitUntil('no process', () => mentions(folder).length === 0, 30_000);
    await waitUntil('the parent to be gone', () => !existsSync(`/proc/${child?.pid}`), 10_000);
    await sweepAbandoned();
    expect(existsSync(envFolder(name).root)).toBe(false);
    await rm(folder, { recursive: true, force: true });
  },
);
