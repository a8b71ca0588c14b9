import type { Sql } from '../types.ts';
import type { MigrationFile } from './read-folder.ts';

/** Applies one file and records it, both or neither. A file may hold several statements. */
export async function applyMigration(session: Sql, { name, text, checksum }: MigrationFile): Promise<void> {
  await session`begin`;
  try {
    await session.unsafe(text);
    await session`insert into schema_migrations (name, checksum) values (${name}, ${checksum})`;
    await session`commit`;
  } catch (error) {
    await session`rollback`.catch(() => {});
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
