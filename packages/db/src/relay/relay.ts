import type { Log, Sql, Stoppable } from '../types.ts';
import { backoffMs } from './backoff.ts';
import { createPause } from './pause.ts';
import type { PublishBatch } from './publish-batch.ts';
import { publishOnce, type Round } from './publish-once.ts';

export interface RelayOptions {
  sql: Sql;
  publish: PublishBatch;
  log: Log;
  /** Events per call of `publish` at most. Default 500. */
  batch?: number;
  /** How often it looks on its own for what a crash left or a refusal postponed. Default 1,000 ms. */
  sweepMs?: number;
  /** Rounds that are not full start at least this far apart, so that a stream of commits is sent in batches. Default 20 ms. */
  paceMs?: number;
  /** While true, rounds wait for more urgent work, but never longer than `maxYieldMs`. */
  yieldWhile?: () => boolean;
  /** Default 1,000 ms. */
  maxYieldMs?: number;
  /** Events per call at most while more urgent work goes on: each one costs its consumers processor time too. Default 100. */
  trickle?: number;
  /** Urgent work that goes on for longer than this is the usual state: whole batches go out again. Default 15,000 ms. */
  trickleForMs?: number;
  /** Seconds from the n-th publishing until the reconciler asks whether it arrived. Default 10, 30, 120, 600. */
  checkAfterS?: readonly number[];
  /** How long `stop` goes on publishing what is left. Default 5,000 ms. */
  drainMs?: number;
}

export interface RelayStats {
  published: number;
  refused: number;
  /** Rounds that failed in a row; 0 when all is well. */
  failures: number;
  lastError: string | undefined;
}

export interface Relay extends Stoppable {
  /** Call it after each commit that wrote events. Cheap: calls that come together are one. */
  wake(): void;
  stats(): RelayStats;
}

const defaults = {
  batch: 500,
  sweepMs: 1_000,
  paceMs: 20,
  maxYieldMs: 1_000,
  trickle: 100,
  trickleForMs: 15_000,
  drainMs: 5_000,
  checkAfterS: [10, 30, 120, 600],
  yieldWhile: () => false,
};

/** Publishes the outbox, oldest first, at least once. Several processes may run one each on the same database. */
export function startRelay(options: RelayOptions): Relay {
  const { sql, publish, log, ...rest } = options;
  const settings = { ...defaults, ...rest };
  const stats: RelayStats = { published: 0, refused: 0, failures: 0, lastError: undefined };
  const pause = createPause();
  let limit = settings.batch;
  let woken = false;
  let drainUntil: number | undefined;
  let busySince: number | undefined;

  async function round(most: number): Promise<Round | undefined> {
    try {
      const done = await publishOnce({ sql, publish, log, limit: most, checkAfterS: settings.checkAfterS });
      stats.published += done.published;
      stats.refused += done.refused;
      if (done.error !== undefined) throw done.error;
      if (stats.failures > 0) log.info({ afterFailures: stats.failures }, 'publishing again');
      stats.failures = 0;
      limit = Math.min(limit * 4, settings.batch);
      return done;
    } catch (error) {
      stats.failures++;
      stats.lastError = (error as Error).message;
      // Down to one event: if it is the batch that cannot be sent, the culprit ends up alone and is set aside.
      limit = Math.max(1, Math.floor(limit / 4));
      log.warn({ err: error, failures: stats.failures }, 'could not publish');
      return undefined;
    }
  }

  /** Waits for more urgent work, and says how many events may go out now. */
  async function yieldToOthers(): Promise<number> {
    const until = performance.now() + settings.maxYieldMs;
    while (drainUntil === undefined && settings.yieldWhile() && performance.now() < until) await pause.sleep(10);
    busySince = drainUntil === undefined && settings.yieldWhile() ? (busySince ?? performance.now()) : undefined;
    const isRush = busySince !== undefined && performance.now() - busySince < settings.trickleForMs;
    return isRush ? Math.min(limit, settings.trickle) : limit;
  }

  // Waking up must not cut a back-off short: each check-in would hammer a broker that is away.
  async function backOff(): Promise<void> {
    const until = performance.now() + backoffMs(stats.failures, 100, 5_000);
    while (drainUntil === undefined && performance.now() < until) await pause.sleep(until - performance.now());
  }

  async function loop(): Promise<void> {
    while (drainUntil === undefined || performance.now() < drainUntil) {
      const wanted = await yieldToOthers();
      woken = false;
      const startedAt = performance.now();
      const done = await round(wanted);
      if (done === undefined) {
        if (drainUntil !== undefined) return;
        await backOff();
      } else if (done.claimed < wanted) {
        if (drainUntil !== undefined) return;
        if (!woken) await pause.sleep(settings.sweepMs);
        const early = startedAt + settings.paceMs - performance.now();
        if (early > 0 && drainUntil === undefined) await pause.sleep(early);
      }
    }
  }

  const running = loop();
  return {
    wake() {
      if (woken) return;
      woken = true;
      pause.end();
    },
    stats: () => ({ ...stats }),
    async stop() {
      drainUntil ??= performance.now() + settings.drainMs;
      pause.end();
      await running;
    },
  };
}
