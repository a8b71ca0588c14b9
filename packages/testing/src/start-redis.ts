import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './cluster/free-port.ts';

export interface TestRedis {
  url: string;
  /** Gone: connections are refused. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** There, but saying nothing until `thaw`: what a frozen machine looks like. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** A real redis-server on a free port, which can go away and come back. */
export async function startRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const resume = async (): Promise<void> => {
    child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder]);
    for await (const chunk of child.stdout ?? []) if (String(chunk).includes('Ready to accept')) break;
  };
  const pause = async (): Promise<void> => {
    if (child === undefined) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    child = undefined;
  };
  await resume();
  const freeze = (): void => void child?.kill('SIGSTOP');
  const thaw = (): void => void child?.kill('SIGCONT');
  const stop = async (): Promise<void> => {
    await pause();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, pause, resume, freeze, thaw, stop };
}
