import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Kubectl } from './kubectl.ts';

/** A running `kubectl port-forward`. */
export interface Forward {
  /** Port in the cluster → port of this machine. */
  ports: Map<number, number>;
  process: ChildProcess;
}

/** Forwards free ports of this machine to `ports` of `target` (`svc/redis`, `deploy/auth`). Throws with kubectl's words. */
export function portForward(
  kubectl: Kubectl,
  namespace: string,
  target: string,
  ports: readonly number[],
): Promise<Forward> {
  const child = spawn(
    kubectl.file,
    [...kubectl.args, ...['-n', namespace, 'port-forward', target], ...ports.map((port) => `:${port}`)],
    { env: kubectl.env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const found = new Map<number, number>();
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, local, there] = /^Forwarding from 127\.0\.0\.1:(\d+) -> (\d+)/.exec(line) ?? [];
      if (local) found.set(Number(there), Number(local));
      if (found.size === ports.length) resolve({ ports: found, process: child });
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`kubectl port-forward ${target} ended: ${complaint}`)));
  });
}
