import bcrypt from 'bcryptjs';
import { Piscina } from 'piscina';
import { fitsBcrypt } from '../domain/password-policy.ts';
import type { HashTask } from './hash-worker.ts';
import { createWaitingRoom, type WaitingRoom } from './waiting-room.ts';

export interface HasherOptions {
  cost: number;
  workers: number;
  /** Most hashes that may wait; without it, as many as should be done within half of {@link MAX_WAIT_MS}. */
  queueMax?: number | undefined;
}

export interface Hasher extends Pick<WaitingRoom, 'requireRoom' | 'stats'> {
  hash(password: string): Promise<string>;
  /**
   * True when `password` is the one behind `hash`. Costs the same without a hash or for a password bcrypt could not hold:
   * one comparison, against a dummy of the same cost.
   */
  verify(password: string, hash: string | null | undefined): Promise<boolean>;
  /** True when `hash` was made at another cost than new ones are. */
  isStale(hash: string): boolean;
  /** Finishes what runs, then ends the threads. */
  close(): Promise<void>;
}

export const MAX_WAIT_MS = 2000;

// A bundle carries the worker as JavaScript beside itself.
const worker = new URL(`./hash-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;

/** Hashes in worker threads, so that the event loop never stalls. Refuses with `overloaded` what would wait over 2 s. */
export async function createHasher({ cost, workers, queueMax }: HasherOptions): Promise<Hasher> {
  const pool = new Piscina<HashTask, string | boolean>({
    filename: worker,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: 1,
  });
  const room = createWaitingRoom({ places: workers, maxWaitMs: MAX_WAIT_MS, queueMax });
  const hash = async (password: string): Promise<string> =>
    (await room.run(() => pool.run({ op: 'hash', password, cost }))) as string;
  const dummy = await hash(crypto.randomUUID());

  return {
    hash,
    verify: async (password, stored) => {
      const real = typeof stored === 'string' && fitsBcrypt(password);
      const matches = await room.run(() => pool.run({ op: 'compare', password, hash: real ? stored : dummy }));
      return real && matches === true;
    },
    isStale: (stored) => bcrypt.getRounds(stored) !== cost,
    requireRoom: room.requireRoom,
    stats: room.stats,
    close: () => pool.close(),
  };
}
