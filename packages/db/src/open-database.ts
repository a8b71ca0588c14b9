import { migrate, pendingMigrations } from './migrate/migrate.ts';
import { createPool, type PoolOptions } from './pool.ts';
import { startPurge } from './purge/start-purge.ts';
import { throughOutage } from './through-outage.ts';
import type { Log, Sql } from './types.ts';

export interface DatabaseOptions extends PoolOptions {
  /** Folder of the service's own migrations. */
  migrations: string;
  /** False when they were applied before: then one that is missing is an error. Default true. */
  migrateAtStart?: boolean;
  /** How long a database that is away is waited for. Default 30,000 ms. */
  patienceMs?: number;
}

/** A service's database: migrated, and kept tidy until it is closed. */
export interface Database {
  sql: Sql;
  /** Answers `true` or throws; for `/readyz`. */
  ready(): Promise<boolean>;
  /** Lets queries under way finish, 5 s at most. */
  close(): Promise<void>;
}

/**
 * Opens a pool, applies the migrations in the folder or sees that they were, and purges the kit's tables from then on.
 * Waits for a database that is away; throws what {@link migrate} does, and says so where it was not to be reached in time.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { migrations, migrateAtStart = true, patienceMs, ...pool } = options;
  const { log, url } = pool;
  const sql = createPool(pool);
  const prepare = async (): Promise<void> => {
    if (migrateAtStart) await migrate({ sql, folder: migrations, log });
    else await requireMigrated(sql, migrations, log);
  };
  try {
    await throughOutage(prepare, { url, log, patienceMs });
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error;
  }
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

async function requireMigrated(sql: Sql, folder: string, log: Log): Promise<void> {
  const pending = await pendingMigrations({ sql, folder, log });
  if (pending.length === 0) return;
  throw new Error(
    `The database lacks ${pending.join(', ')}. Run \`migrate\` of this release first, or set MIGRATE_AT_START=true.`,
  );
}
