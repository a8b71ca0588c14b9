import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql, Tx } from './types.ts';

const attempts = 4;
// Serialization failure and deadlock: Postgres asks for the whole transaction again.
const again = new Set(['40001', '40P01']);

/**
 * Runs `fn` in one transaction and commits, or rolls back when it throws. `fn` may run again after a serialization
 * failure or a deadlock, so it must have no effect outside the transaction.
 */
export async function withTransaction<T>(sql: Sql, fn: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await sql.begin(fn)) as T;
    } catch (error) {
      if (attempt >= attempts || !again.has((error as { code?: string }).code ?? '')) throw error;
      await sleep(Math.random() * 10 * 2 ** attempt);
    }
  }
}
