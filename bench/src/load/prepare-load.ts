import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromGenerator, Order, Outcome, ToGenerator } from './order.ts';

/** A load that is ready to be fired: requests rendered, connections open. */
export interface Load {
  pid: number;
  /** Fires it and resolves when every request was answered. */
  fire(): Promise<Outcome>;
}

const program = fileURLToPath(new URL('generator-main.ts', import.meta.url));

/** Starts a generator process for one load. Rejects when it cannot connect. */
export async function prepareLoad(order: Order): Promise<Load> {
  const child = fork(program, { serialization: 'advanced' });
  const send = (message: ToGenerator): void => void child.send(message);
  send({ kind: 'prepare', order });
  await next(child, 'ready');
  return {
    pid: child.pid ?? 0,
    async fire() {
      send({ kind: 'go' });
      const { outcome } = await next(child, 'done');
      child.disconnect();
      return outcome;
    },
  };
}

/** Prepares and fires. */
export const runLoad = async (order: Order): Promise<Outcome> => (await prepareLoad(order)).fire();

function next<K extends FromGenerator['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<FromGenerator, { kind: K }>> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: FromGenerator) => {
      child.off('exit', gone);
      if (message.kind === kind) resolve(message as Extract<FromGenerator, { kind: K }>);
      else reject(new Error(`the load generator said ${message.kind}, not ${kind}`));
    });
    const gone = (code: number | null): void => reject(new Error(`the load generator ended with ${code}`));
    child.once('exit', gone);
  });
}
