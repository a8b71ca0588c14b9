import { AppError } from '@muster/contracts';

export interface WaitingRoomOptions {
  /** How many pieces of work run at a time. */
  places: number;
  /** Nobody waits longer for a place. */
  maxWaitMs: number;
  /** Most who wait; without it, as many as should get a place within half of `maxWaitMs`. */
  queueMax?: number | undefined;
}

export interface WaitingRoom {
  /** Throws `overloaded` with Retry-After when {@link WaitingRoom.run} would. */
  requireRoom(): void;
  /** Runs the work when its turn comes; refuses at once what would wait too long, and later what did all the same. */
  run<T>(work: () => Promise<T>): Promise<T>;
  stats(): { waiting: number; running: number; workMs: number };
}

interface Waiter {
  enter(): void;
}

/** A bounded queue in front of a fixed number of workers: one that only grows serves nobody. */
export function createWaitingRoom({ places, maxWaitMs, queueMax }: WaitingRoomOptions): WaitingRoom {
  const waiters = new Set<Waiter>();
  let running = 0;
  let workMs = 0;

  const overloaded = (): AppError => {
    const seconds = Math.ceil(((waiters.size + 1) * workMs) / places / 1000);
    return new AppError('overloaded', 'Too many people are signing in. Try again shortly.', {
      headers: { 'Retry-After': String(Math.max(1, seconds)) },
    });
  };

  const requireRoom = (): void => {
    if (running < places) return;
    // Half: when the machine gets busy meanwhile, whoever was let in should still be served and not sent away late.
    const hasRoom =
      queueMax === undefined ? ((waiters.size + 1) * workMs) / places <= maxWaitMs / 2 : waiters.size < queueMax;
    if (!hasRoom) throw overloaded();
  };

  const enter = (): Promise<void> => {
    requireRoom();
    if (running < places) {
      running++;
      return Promise.resolve();
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // The estimate may be wrong: processors are shared, and a hash may take five times as long as the last.
    const timer = setTimeout(() => {
      waiters.delete(waiter);
      reject(overloaded());
    }, maxWaitMs);
    const waiter = {
      enter: () => {
        clearTimeout(timer);
        resolve();
      },
    };
    waiters.add(waiter);
    return promise;
  };

  const leave = (): void => {
    const [next] = waiters;
    // The place passes on without being free in between, or a newcomer could slip in.
    if (next === undefined) running--;
    else {
      waiters.delete(next);
      next.enter();
    }
  };

  return {
    requireRoom,
    run: async (work) => {
      await enter();
      const started = performance.now();
      try {
        return await work();
      } finally {
        const tookMs = performance.now() - started;
        workMs = workMs === 0 ? tookMs : workMs * 0.8 + tookMs * 0.2;
        leave();
      }
    },
    stats: () => ({ waiting: waiters.size, running, workMs }),
  };
}
