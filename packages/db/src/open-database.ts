import { migrate } from './migrate/migrate.ts';
import { createPool, type PoolOptions } from './pool.ts';
import { startPurge } from './purge/start-purge.ts';
import type { Sql } from './types.ts';

/** A service's database: migrated, and kept tidy until it is closed. */
export interface Database {
  sql: Sql;
  /** Answers `true` or throws; for `/readyz`. */
  ready(): Promise<boolean>;
  /** Lets queries under way finish, 5 s at most. */
  close(): Promise<void>;
}

/** Opens a pool, applies the migrations in the folder and purges the kit's tables from then on. Throws what {@link migrate} does. */
export async function openDatabase({ migrations, ...pool }: PoolOptions & { migrations: string }): Promise<Database> {
  const { log } = pool;
  const sql = createPool(pool);
  await migrate({ sql, folder: migrations, log });
  const purge = startPurge({ sql, log });
  return {
    sql,
    ready: async () => (await sql`select 1`).length === 1,
    async close() {
      await purge.stop();
      await sql.end({ timeout: 5 });
    },
  };
}
