import { AppError } from '@muster/contracts';
import bcrypt from 'bcryptjs';
import { Piscina } from 'piscina';
import { fitsBcrypt } from '../domain/password-policy.ts';
import type { HashTask } from './hash-worker.ts';

export interface HasherOptions {
  cost: number;
  workers: number;
  /** Most hashes that may wait; without it, as many as are done within {@link MAX_WAIT_MS}. */
  queueMax?: number | undefined;
}

export interface Hasher {
  hash(password: string): Promise<string>;
  /**
   * True when `password` is the one behind `hash`. Costs the same without a hash or for a password bcrypt could not hold:
   * one comparison, against a dummy of the same cost.
   */
  verify(password: string, hash: string | null | undefined): Promise<boolean>;
  /** True when `hash` was made at another cost than new ones are. */
  isStale(hash: string): boolean;
  stats(): { waiting: number; hashMs: number };
  close(): Promise<void>;
}

export const MAX_WAIT_MS = 2000;
/** A bound for the pool itself; the wait decides long before. */
const HARD_QUEUE_MAX = 1000;

// A bundle carries the worker as JavaScript beside itself.
const worker = new URL(`./hash-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;

/**
 * Hashes in worker threads. What could not be done within two seconds is refused at once with `overloaded` and
 * Retry-After: a queue that only grows serves nobody.
 */
export async function createHasher({ cost, workers, queueMax }: HasherOptions): Promise<Hasher> {
  const pool = new Piscina<HashTask, string | boolean>({
    filename: worker,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: 1,
    maxQueue: HARD_QUEUE_MAX,
  });
  let hashMs = 0;
  let unfinished = 0;

  const admit = (): void => {
    const waiting = Math.max(0, unfinished - workers);
    const waitMs = ((waiting + 1) * hashMs) / workers;
    if (unfinished < workers || (queueMax === undefined ? waitMs <= MAX_WAIT_MS : waiting < queueMax)) return;
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    throw new AppError('overloaded', 'Too many people are signing in. Try again shortly.', {
      headers: { 'Retry-After': String(seconds) },
    });
  };

  const run = async (task: HashTask): Promise<string | boolean> => {
    admit();
    unfinished++;
    // Every worker is busy throughout a queue, so the time from one end to the next is a worker's time over their number.
    const started = performance.now();
    const ahead = Math.ceil(unfinished / workers);
    try {
      return await pool.run(task);
    } finally {
      unfinished--;
      const sample = (performance.now() - started) / ahead;
      hashMs = hashMs === 0 ? sample : hashMs * 0.9 + sample * 0.1;
    }
  };

  const dummy = (await run({ op: 'hash', password: crypto.randomUUID(), cost })) as string;

  return {
    hash: async (password) => (await run({ op: 'hash', password, cost })) as string,
    verify: async (password, hash) => {
      const real = typeof hash === 'string' && fitsBcrypt(password);
      const matches = await run({ op: 'compare', password, hash: real ? hash : dummy });
      return real && matches === true;
    },
    isStale: (hash) => bcrypt.getRounds(hash) !== cost,
    stats: () => ({ waiting: Math.max(0, unfinished - workers), hashMs }),
    close: () => pool.close(),
  };
}
