import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Waits for the lock of `file` (flock), where benches and tests on one machine take turns; returns how to give it back. It is
 * free again when this process dies.
 */
export async function takeTurn(file: string): Promise<() => Promise<void>> {
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(holder, 'exit');
  await Promise.race([
    once(holder.stdout, 'data'),
    gone.then(([code]) => Promise.reject(new Error(`flock ended with ${code}`))),
  ]);
  return async () => {
    holder.stdin.end();
    await gone;
  };
}
