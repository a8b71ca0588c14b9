import { MusterProblem } from '../errors.ts';
import type { PunchQueue } from './open-punch-queue.ts';
import type { Flushed } from './send-waiting.ts';

export interface KeepSendingOptions {
  /** Milliseconds between two runs while all is well; half a minute by default. */
  everyMs?: number;
  /** Milliseconds after a first failure, doubled with each further one; 1 s by default, never more than five minutes. */
  backoffMs?: number;
  onFlushed?: (flushed: Flushed) => void;
  /** Told each failure. The punches stay; a 401 or 403 needs somebody to look. */
  onError?: (error: unknown) => void;
}

export interface Sending {
  /** Sends now: somebody punched, or the network is back (`online`). */
  wake(): void;
  /** Ends it; resolves when no run is under way. */
  stop(): Promise<void>;
}

const longestMs = 300_000;

/** Sends what waits, again and again: soon after a success, later and later while it fails. */
export function keepSending(queue: Pick<PunchQueue, 'flush'>, options: KeepSendingOptions = {}): Sending {
  const { everyMs = 30_000, backoffMs = 1_000, onFlushed = () => {}, onError = () => {} } = options;
  let isStopped = false;
  let isWoken = false;
  let wakeUp = (): void => {};

  async function run(): Promise<void> {
    for (let failures = 0; !isStopped; ) {
      let waitMs = everyMs;
      isWoken = false;
      try {
        onFlushed(await queue.flush());
        failures = 0;
      } catch (error) {
        onError(error);
        const asked = error instanceof MusterProblem ? (error.retryAfterMs ?? 0) : 0;
        waitMs = Math.min(longestMs, Math.max(asked, backoffMs * 2 ** failures)) * (0.5 + Math.random());
        failures += 1;
      }
      if (!isStopped && !isWoken) await sleep(waitMs);
    }
  }
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const running = run();
  return {
    wake() {
      isWoken = true;
      wakeUp();
    },
    async stop() {
      isStopped = true;
      wakeUp();
      await running;
    },
  };
}
