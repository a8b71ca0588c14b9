import pRetry from 'p-retry';
import { explainConnection } from './explain-connection.ts';
import { isOutage } from './is-outage.ts';
import type { Log } from './types.ts';

export interface OutageOptions {
  url: string;
  log: Log;
  /** How long a database that is away is waited for. Default 30,000 ms. */
  patienceMs?: number | undefined;
}

const pauseMs = 500;

/** A name that is none is an answer: waiting would only hide the mistake. */
const mayCome = (error: Error): boolean => isOutage(error) && (error as { code?: string }).code !== 'ENOTFOUND';

/**
 * Runs `work`, and again while the database is away, since stores and services start together and a busy machine lets nobody in
 * at first. The first failure is logged with the variable to change; the last one is thrown in the same words.
 */
export async function throughOutage<T>(work: () => Promise<T>, options: OutageOptions): Promise<T> {
  const { url, log, patienceMs = 30_000 } = options;
  const retry = {
    retries: Number.POSITIVE_INFINITY,
    maxRetryTime: patienceMs,
    minTimeout: pauseMs,
    factor: 1,
    shouldRetry: ({ error }: { error: Error }) => mayCome(error),
    onFailedAttempt: ({ error, attemptNumber }: { error: Error; attemptNumber: number }) => {
      if (attemptNumber > 1 || !mayCome(error)) return;
      log.warn({ patienceMs }, `${(explainConnection(error, url) as Error).message}; trying again`);
    },
  };
  try {
    return await pRetry(work, retry);
  } catch (error) {
    throw explainConnection(error, url);
  }
}
