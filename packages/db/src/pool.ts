import postgres from 'postgres';
import { columnTypes } from './column-types.ts';
import type { Log, Sql } from './types.ts';

export interface PoolOptions {
  url: string;
  /** Connections at most; opened when needed. Default 10. */
  max?: number;
  /** Shown in `pg_stat_activity`: the app-id. */
  applicationName: string;
  log: Log;
  /** A statement running longer is cancelled by the server. Default 15,000 ms. */
  statementTimeoutMs?: number;
  /** A statement waiting longer for somebody else's lock fails with 55P03. Default 5,000 ms. */
  lockTimeoutMs?: number;
  /** Further session settings, for instance planner switches of a pool with one job. */
  settings?: Record<string, string>;
}

// Beyond this no transaction of ours may sit idle: a wedged process must not hold locks for ever.
const idleInTransactionMs = 60_000;

/**
 * Opens a pool. Nothing connects before the first query, and a restarted Postgres is found again within about a second.
 * `bigint` arrives as a number, `date` as `YYYY-MM-DD`, `timestamptz` as a Date; `Temporal` values may be passed in.
 */
export function createPool(options: PoolOptions): Sql {
  const { url, max = 10, applicationName, log, statementTimeoutMs = 15_000, lockTimeoutMs = 5_000 } = options;
  const sql = postgres(url, {
    max,
    types: columnTypes,
    connect_timeout: 5,
    idle_timeout: 300,
    // The library's own back-off grows to 20 s, which would be downtime of ours after a restart of Postgres.
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 0.5) * (0.5 + Math.random() / 2),
    connection: {
      application_name: applicationName,
      statement_timeout: statementTimeoutMs,
      lock_timeout: lockTimeoutMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      // Starting workers takes longer than a request's query may as a whole. A text: the driver sends no number 0.
      max_parallel_workers_per_gather: '0',
      ...options.settings,
    },
    onnotice: (notice) => log.debug({ notice: notice.message }, 'postgres notice'),
  });
  return sql as unknown as Sql;
}
