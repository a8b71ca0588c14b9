import { createPool, type PoolOptions } from '../pool.ts';
import { throughOutage } from '../through-outage.ts';
import { migrate } from './migrate.ts';

export interface MigrateDatabaseOptions extends Omit<PoolOptions, 'max'> {
  migrations: string;
  /** How long a database that is away is waited for. Default 30,000 ms. */
  patienceMs?: number;
}

/**
 * Opens the database only to migrate it; the names applied. Waits for one that is away; throws what {@link migrate} does, and says
 * so where it was not to be reached in time.
 */
export async function migrateDatabase(options: MigrateDatabaseOptions): Promise<string[]> {
  const { migrations, patienceMs, ...pool } = options;
  const { log, url } = pool;
  const sql = createPool({ ...pool, max: 1 });
  try {
    const applied = await throughOutage(() => migrate({ sql, folder: migrations, log }), { url, log, patienceMs });
    log.info({ applied }, applied.length === 0 ? 'the database is up to date' : 'the database was migrated');
    return applied;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
