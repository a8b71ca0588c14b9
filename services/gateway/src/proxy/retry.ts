import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from './read-failure.ts';
import type { Body } from './take-body.ts';

/** Pauses before the attempts after the first. The first is short: another process of the app may be up. */
const pausesMs = [50, 250, 500, 800];
/** No attempt begins later than this after the request came. */
const budgetMs = 2500;
/** Requests that may wait for another attempt at once: an outage must not be met with a multiple of the traffic. */
const maxWaiting = 512;

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** True when the request may be sent again after `failure`: its effect is the same, or it surely never arrived. */
export function mayRepeat(failure: Failure, method: string, body: Body, hasKey: boolean): boolean {
  if (!failure.away || body.kind === 'stream') return false;
  return safe.has(method) || hasKey || failure.unsent;
}

export interface Retries {
  /** Waits before attempt number `attempt` (1 = the second) of a request begun at `started` (performance clock). False: give up. */
  pause(attempt: number, started: number): Promise<boolean>;
}

export function createRetries(): Retries {
  let waiting = 0;
  return {
    async pause(attempt, started) {
      // Spread: those who failed together should not come back together.
      const ms = (pausesMs[attempt - 1] ?? Number.POSITIVE_INFINITY) * (0.75 + Math.random() / 2);
      if (performance.now() - started + ms > budgetMs || waiting >= maxWaiting) return false;
      waiting += 1;
      await sleep(ms);
      waiting -= 1;
      return true;
    },
  };
}
