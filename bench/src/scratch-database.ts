import path from 'node:path';
import { createPool, migrate, type Sql } from '@muster/db';
import { repoRoot } from '@muster/dev-env';
import type { Bench } from './bench.ts';

export interface ScratchDatabase {
  url: string;
  sql: Sql;
}

/** A database on the platform's own Postgres with attendance's own tables and indexes, and the default site in it. */
export async function scratchDatabase(
  { platform, server, log, siteId, zone }: Bench,
  name: string,
): Promise<ScratchDatabase> {
  await server.unsafe(`create database ${name}`);
  const url = new URL(platform.sqlUrl('postgres'));
  url.pathname = `/${name}`;
  const sql = createPool({ url: url.href, max: 2, applicationName: 'bench', log });
  await migrate({ sql, folder: path.join(repoRoot, 'services/attendance/migrations'), log });
  await sql`insert into sites (id, name, zone, version) values (${siteId}, 'Head office', ${zone}, 1)`;
  return { url: url.href, sql };
}
