import { Umzug } from 'umzug';
import type { Log, Sql } from '../types.ts';
import { type AppliedMigration, readApplied } from './applied.ts';
import { applyMigration } from './apply-migration.ts';
import { kitMigrations } from './folders.ts';
import { type MigrationFile, readFolder } from './read-folder.ts';

export interface MigrateOptions {
  sql: Sql;
  /** The service's own migrations. This package's tables come first, under the prefix `kit/`; without a folder, alone. */
  folder?: string | undefined;
  log: Log;
  /** Where this package's SQL lies, when it was bundled away from its folder. */
  kitFolder?: string;
}

// Any number will do, as long as every process of ours takes the same one.
const lockKey = 7_268_537;

/**
 * Brings a database up to date and returns the names applied by this call. Processes that start together wait for one
 * another, so the second finds nothing to do. Throws when a file that was applied has changed since.
 */
export async function migrate({ sql, folder, log, kitFolder = kitMigrations }: MigrateOptions): Promise<string[]> {
  const files = await readAll(kitFolder, folder);
  const session = await sql.reserve();
  try {
    // Waiting for another process' migrations may take longer than any statement should.
    await session`select set_config('statement_timeout', '0', false), set_config('lock_timeout', '0', false)`;
    await session`select pg_advisory_lock(${lockKey})`;
    const applied = await readApplied(session);
    refuseChanged(files, applied, log);
    const umzug = new Umzug({
      migrations: files.map((file) => ({ name: file.name, up: () => applyMigration(session, file) })),
      // Each migration records itself in its own transaction, so there is nothing left to log here.
      storage: {
        executed: async () => applied.map(({ name }) => name),
        logMigration: async () => {},
        unlogMigration: async () => {},
      },
      logger: undefined,
    });
    umzug.on('migrated', ({ name }) => log.info({ migration: name }, 'migrated'));
    return (await umzug.up()).map(({ name }) => name);
  } finally {
    await releaseLock(session, log);
    session.release();
  }
}

/**
 * The names that {@link migrate} would apply, without a change to the database. Throws when a file that was applied has
 * changed since.
 */
export async function pendingMigrations(options: MigrateOptions): Promise<string[]> {
  const { sql, folder, log, kitFolder = kitMigrations } = options;
  const files = await readAll(kitFolder, folder);
  const [found] = await sql`select to_regclass('schema_migrations') is not null as made`;
  const applied = found?.made ? await sql<AppliedMigration[]>`select name, checksum from schema_migrations` : [];
  refuseChanged(files, applied, log);
  const done = new Set(applied.map(({ name }) => name));
  return files.map(({ name }) => name).filter((name) => !done.has(name));
}

async function readAll(kitFolder: string, folder: string | undefined): Promise<MigrationFile[]> {
  return [...(await readFolder(kitFolder, 'kit/')), ...(folder === undefined ? [] : await readFolder(folder))];
}

function refuseChanged(files: readonly MigrationFile[], applied: readonly AppliedMigration[], log: Log): void {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const { name, checksum } of applied) {
    const file = byName.get(name);
    // A newer release has been here; during a rollout the older one must still be able to start.
    if (file === undefined) log.warn({ migration: name }, 'the database has a migration this release does not know');
    else if (file.checksum !== checksum) {
      throw new Error(
        `Migration ${name} was changed after it had been applied. Restore it and add a new file instead.`,
      );
    }
  }
}

async function releaseLock(session: Sql, log: Log): Promise<void> {
  try {
    await session`select pg_advisory_unlock_all()`;
    await session`reset statement_timeout`;
    await session`reset lock_timeout`;
  } catch (error) {
    // The connection is gone, and its lock with it: the first error is the one worth telling.
    log.debug({ err: error }, 'could not release the migration lock');
  }
}
