import { startLoop } from '../loop.ts';
import type { Log, Sql, Stoppable } from '../types.ts';
import { type AskMissing, reconcileOnce } from './reconcile-once.ts';
import type { Subscriber } from './subscriber.ts';

export interface ReconcilerOptions {
  sql: Sql;
  log: Log;
  missing: AskMissing;
  /** The apps that consume a topic. */
  subscribers: (topic: string) => readonly string[];
  /** Woken when something has to be published again; without it the relay's next sweep finds it. */
  relay?: { wake(): void };
  /** Told how many events are published again, each time it finds some. */
  onLost?: (events: number) => void;
  /** Time between passes. Default 5,000 ms. */
  everyMs?: number;
  /** Events per question at most. Default 500. */
  batch?: number;
  /** When to ask again about what may still be queued, or an app that did not answer. Default 5 s. */
  laterS?: number;
  /** A subscriber to whom nothing has arrived for so long has nothing queued either. Default 15,000 ms. */
  patienceMs?: number;
}

/**
 * Publishing is not arriving: compares published events with what each subscriber's inbox recorded, confirms those that
 * all have, and has the relay publish again what a flushed or trimmed stream lost. Several processes may run it.
 */
export function startReconciler(options: ReconcilerOptions): Stoppable {
  const { sql, log, missing, subscribers, relay, onLost } = options;
  const { everyMs = 5_000, batch = 500, laterS = 5, patienceMs = 15_000 } = options;
  const memory = new Map<string, Subscriber>();
  let more = true;

  async function pass(): Promise<void> {
    try {
      const done = await reconcileOnce({ sql, log, missing, subscribers, limit: batch, laterS, patienceMs, memory });
      if (done.lost > 0) {
        log.warn({ lost: done.lost }, 'events did not arrive and are published again');
        onLost?.(done.lost);
        relay?.wake();
      }
      more = done.checked === batch;
    } catch (error) {
      log.warn({ err: error }, 'could not check what arrived');
      more = false;
    }
  }

  return startLoop(pass, () => (more ? 0 : everyMs * (0.75 + Math.random() / 2)));
}
