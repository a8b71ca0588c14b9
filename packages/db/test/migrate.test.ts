import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, type TestDatabase, testDatabase } from '@muster/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPool, kitMigrations, migrate } from '../src/index.ts';

let database: TestDatabase;
let folder: string;
let kitFolder: string;
const add = (name: string, text: string) => writeFile(join(folder, name), text);
const up = (sql = database.sql) => migrate({ sql, folder, kitFolder, log: silentLog });

beforeEach(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'muster-migrations-'));
  kitFolder = await mkdtemp(join(tmpdir(), 'muster-kit-'));
  await cp(kitMigrations, kitFolder, { recursive: true });
  await add('0001_people.sql', 'create table people (id int primary key); insert into people values (1);');
  await add('0002_names.sql', 'alter table people add name text;');
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
  await rm(kitFolder, { recursive: true });
});

test('applies what is new, in order, and nothing twice', async () => {
  expect(await up()).toEqual(['0001_people.sql', '0002_names.sql']);
  expect(await up()).toEqual([]);
  await add('0003_more.sql', 'create table more (id int);');
  expect(await up()).toEqual(['0003_more.sql']);
});

test("a service's numbers do not collide with the kit's", async () => {
  await up();
  const rows = await database.sql<{ name: string }[]>`select name from schema_migrations order by name`;
  expect(rows.map(({ name }) => name)).toEqual([
    '0001_people.sql',
    '0002_names.sql',
    'kit/0001_outbox.sql',
    'kit/0002_inbox.sql',
    'kit/0003_idempotency.sql',
  ]);
});

test('of processes that start together one applies, the others find it done', async () => {
  await add('0003_slow.sql', 'select pg_sleep(0.3);');
  const pools = Array.from({ length: 3 }, () =>
    createPool({ url: database.url, max: 1, applicationName: 'racer', log: silentLog, lockTimeoutMs: 50 }),
  );
  const results = await Promise.all(pools.map((pool) => up(pool)));
  expect(results.map((names) => names.length).sort()).toEqual([0, 0, 3]);
  await Promise.all(pools.map((pool) => pool.end()));
});

test('a file changed after it was applied is refused by name', async () => {
  await up();
  await add('0001_people.sql', 'create table people (id bigint primary key);');
  await expect(up()).rejects.toThrow(/0001_people\.sql was changed/);
});

test('line ends do not count as a change', async () => {
  await add('0003_lines.sql', 'select 1;\nselect 2;\n');
  await up();
  await add('0003_lines.sql', 'select 1;\r\nselect 2;\r\n');
  expect(await up()).toEqual([]);
});

test('a file that fails leaves nothing of itself, and keeps those before it', async () => {
  await add('0003_bad.sql', 'create table half (id int); select 1 / 0;');
  await expect(up()).rejects.toThrow(/0003_bad\.sql failed: division by zero/);
  const [row] = await database.sql`select to_regclass('half') as half, to_regclass('people') as people`;
  expect(row).toEqual({ half: null, people: 'people' });
  await add('0003_bad.sql', 'create table half (id int);');
  expect(await up()).toEqual(['0003_bad.sql']);
});

test('an older release starts on a newer database', async () => {
  await add('0003_newer.sql', 'select 1;');
  await up();
  await rm(join(folder, '0003_newer.sql'));
  expect(await up()).toEqual([]);
});

test.each([
  ['00010_more.sql', /NNNN/],
  ['0003_Upper.sql', /NNNN/],
  ['0002_twin.sql', /number 0002 is taken/],
])('refuses the file name %s', async (name, message) => {
  await add(name, 'select 1;');
  await expect(up()).rejects.toThrow(message);
});

test('the session it used is given back as it was', async () => {
  const pool = createPool({
    url: database.url,
    max: 1,
    applicationName: 'one',
    log: silentLog,
    statementTimeoutMs: 1234,
  });
  await up(pool);
  expect(await pool`show statement_timeout`).toEqual([{ statement_timeout: '1234ms' }]);
  expect(await pool`select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`).toHaveLength(0);
  await pool.end();
});
