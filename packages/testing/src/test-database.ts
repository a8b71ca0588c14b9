import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPool, kitMigrations, migrate, type Sql } from '@muster/db';
import { inject } from 'vitest';
import './global-setup.ts';
import { silentLog } from './silent-log.ts';

export interface TestDatabase {
  sql: Sql;
  url: string;
  /** Closes the pool and deletes the database. */
  drop(): Promise<void>;
}

/**
 * A fresh, migrated database on the PostgreSQL of this vitest run; call it in `beforeAll` and `drop()` it in `afterAll`.
 * Without `folder` it holds only the tables of @muster/db. Each set of migrations runs once, the rest is copied.
 */
export async function testDatabase(options: { folder?: string; max?: number } = {}): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = `muster_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, async (admin) => {
    const template = await ensureTemplate(admin, server, options.folder);
    await admin.unsafe(`create database ${name} template ${template}`);
  });
  const url = withDatabase(server, name);
  const sql = createPool({ url, max: options.max ?? 10, applicationName: 'test', log: silentLog });
  const drop = async (): Promise<void> => {
    await sql.end({ timeout: 1 });
    await asAdmin(server, (admin) => admin.unsafe(`drop database if exists ${name} with (force)`));
  };
  return { sql, url, drop };
}

async function serverUrl(): Promise<string> {
  const response = await fetch(inject('postgresBroker'));
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

// Files that ask for the same template at once wait for one another on the advisory lock.
async function ensureTemplate(admin: Sql, server: string, folder: string | undefined): Promise<string> {
  const template = `muster_template_${await hashOf([kitMigrations, ...(folder === undefined ? [] : [folder])])}`;
  await admin`select pg_advisory_lock(hashtext(${template}))`;
  try {
    const [found] = await admin`select from pg_database where datname = ${template}`;
    if (found !== undefined) return template;
    const draft = `${template}_draft`;
    await admin.unsafe(`drop database if exists ${draft} with (force)`);
    await admin.unsafe(`create database ${draft}`);
    const url = withDatabase(server, draft);
    const sql = createPool({ url, max: 1, applicationName: 'test', log: silentLog });
    await migrate({ sql, folder, log: silentLog }).finally(() => sql.end({ timeout: 5 }));
    await admin.unsafe(`alter database ${draft} rename to ${template}`);
    return template;
  } finally {
    await admin`select pg_advisory_unlock_all()`;
  }
}

async function hashOf(folders: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const name of (await readdir(folder)).sort()) hash.update(name).update(await readFile(join(folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function asAdmin<T>(server: string, work: (admin: Sql) => Promise<T>): Promise<T> {
  const limits = { statementTimeoutMs: 0, lockTimeoutMs: 0 };
  const admin = createPool({ url: server, max: 1, applicationName: 'test-admin', log: silentLog, ...limits });
  try {
    return await work(admin);
  } finally {
    await admin.end({ timeout: 5 });
  }
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
