import { AppError } from '@muster/contracts';
import type { Log } from '@muster/service-kit';
import type { SidecarAnswer, Transport } from '../sidecar/transport.ts';
import { createCircuit } from './circuit.ts';

/**
 * JSON values under exact keys in Redis, by a Dapr binding (bindings.redis): `redis-cli get key` shows them. It may forget or
 * be away at any time. Everything throws AppError `unavailable` then, soon, and at once while it is known to be away.
 */
export interface Cache {
  /** The value; undefined where there is none, or where it is no JSON. */
  get(key: string): Promise<unknown>;
  /** A put that failed may still be done, and late: who reads must be able to tell an old value. */
  put(key: string, value: object, ttlSeconds: number): Promise<void>;
  /** Dropping what is not there succeeds. */
  drop(key: string): Promise<void>;
  /** Looks no more whether Redis is back. */
  stop(): void;
}

export interface CacheOptions {
  name: string;
  log: Log;
  /** What a call may cost at most. Default 250 ms. */
  deadlineMs?: number;
  /** How often to look for a Redis that was away. Default 1 s. */
  probeMs?: number;
}

type Operation = 'create' | 'get' | 'delete';

const away = (cause: unknown): AppError => new AppError('unavailable', 'The cache cannot be reached.', { cause });

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) ?? undefined);
  } catch {
    return undefined;
  }
}

/** Connects to the binding `name`. After three failures in a row nobody waits for it any more until a look finds it back. */
export function createCache(transport: Transport, o: CacheOptions): Cache {
  const { name, log, deadlineMs = 250, probeMs = 1000 } = o;

  async function send(operation: Operation, metadata: Record<string, string>, data?: object): Promise<string> {
    let answer: SidecarAnswer;
    let text: string;
    try {
      answer = await transport.request({
        method: 'POST',
        path: `/v1.0/bindings/${name}`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ operation, metadata, ...(data && { data }) }),
        timeoutMs: deadlineMs,
      });
      text = await answer.text();
    } catch (error) {
      throw away(error);
    }
    if (answer.status >= 300) throw away(new Error(`${answer.status} ${text.slice(0, 300)}`));
    return text;
  }

  const circuit = createCircuit({
    probeMs,
    probe: () => send('get', { key: 'muster_probe' }),
    onChange: (open, err) =>
      open ? log.warn({ cache: name, err }, 'the cache is away') : log.info({ cache: name }, 'the cache is back'),
    refuse: () => away(new Error('it was away a moment ago')),
  });

  return {
    get: async (key) => parse(await circuit.run(() => send('get', { key }))),
    async put(key, value, ttlSeconds) {
      await circuit.run(() => send('create', { key, ttlInSeconds: String(ttlSeconds) }, value));
    },
    async drop(key) {
      await circuit.run(() => send('delete', { key }));
    },
    stop: () => circuit.stop(),
  };
}
