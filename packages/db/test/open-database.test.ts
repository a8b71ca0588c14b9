import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, testDatabase } from '@muster/testing';
import { expect, test } from 'vitest';
import { openDatabase } from '../src/index.ts';

test('a database is migrated when it is open, and gone when it is closed', async () => {
  const { url, drop } = await testDatabase();
  const migrations = await mkdtemp(join(tmpdir(), 'muster-migrations-'));
  await writeFile(join(migrations, '0001_things.sql'), 'create table things (id integer)');
  const database = await openDatabase({ url, applicationName: 'test', migrations, log: silentLog });
  expect(await database.ready()).toBe(true);
  expect(await database.sql`select from things`).toHaveLength(0);
  await database.close();
  await expect(database.ready()).rejects.toThrow();
  await drop();
  await rm(migrations, { recursive: true });
});
