import type { Sql } from './types.ts';

/** How busy a pool is at this moment. */
export interface PoolUse {
  /** Connections it may have. */
  max: number;
  /** Connections with a statement or a transaction under way. */
  used: number;
  /** Statements and transactions that wait for a connection. */
  waiting: number;
}

/** Reads it from the driver: by a line of our patch, without asking the database. */
export const poolUse = (sql: Sql): PoolUse => (sql as unknown as { pool(): PoolUse }).pool();
