import type { Sql } from '../types.ts';

export interface AppliedMigration {
  name: string;
  checksum: string;
}

/** What was applied to this database, in order; makes the table on first use. Call it under the migration lock. */
export async function readApplied(session: Sql): Promise<AppliedMigration[]> {
  await session`
    create table if not exists schema_migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )
  `;
  return session<AppliedMigration[]>`select name, checksum from schema_migrations order by applied_at, name`;
}
