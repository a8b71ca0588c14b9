import type { Tx } from '@muster/db';

/**
 * Runs `work` behind a savepoint, waiting for locks at most `lockMs` each; then it throws 55P03, and nothing of it is left but the
 * transaction goes on.
 */
export async function withinLockTime<T>(tx: Tx, lockMs: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  const [before] = await tx<[{ value: string }]>`select current_setting('lock_timeout') as value`;
  const result = await tx.savepoint(async (sp) => {
    await sp`select set_config('lock_timeout', ${`${lockMs}ms`}, true)`;
    const done = await work(sp);
    await sp`select set_config('lock_timeout', ${before.value}, true)`;
    return done;
  });
  return result as T;
}
