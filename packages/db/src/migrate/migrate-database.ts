import { explainConnection } from '../explain-connection.ts';
import { createPool, type PoolOptions } from '../pool.ts';
import { migrate } from './migrate.ts';

/** Opens the database only to migrate it; the names applied. Throws what {@link migrate} does, and says so where it is not to be reached. */
export async function migrateDatabase({
  migrations,
  ...pool
}: Omit<PoolOptions, 'max'> & { migrations: string }): Promise<string[]> {
  const { log, url } = pool;
  const sql = createPool({ ...pool, max: 1 });
  try {
    const applied = await migrate({ sql, folder: migrations, log });
    log.info({ applied }, applied.length === 0 ? 'the database is up to date' : 'the database was migrated');
    return applied;
  } catch (error) {
    throw explainConnection(error, url);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
