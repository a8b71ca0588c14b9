import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, type TestDatabase, testDatabase } from '@muster/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { migrateDatabase, openDatabase } from '../src/index.ts';
import type { Log } from '../src/types.ts';

let database: TestDatabase;
let migrations: string;
beforeEach(async () => {
  database = await testDatabase();
  migrations = await mkdtemp(join(tmpdir(), 'muster-migrations-'));
  await writeFile(join(migrations, '0001_things.sql'), 'create table things (id integer)');
});
afterEach(async () => {
  await database.drop();
  await rm(migrations, { recursive: true });
});

const common = () => ({ url: database.url, applicationName: 'test', migrations, log: silentLog });

test('a database is migrated when it is open, and gone when it is closed', async () => {
  const opened = await openDatabase(common());
  expect(await opened.ready()).toBe(true);
  expect(await opened.sql`select from things`).toHaveLength(0);
  await opened.close();
  await expect(opened.ready()).rejects.toThrow();
});

describe('where migrations run before', () => {
  test('a start refuses a database without them, naming them, and leaves it alone', async () => {
    const start = openDatabase({ ...common(), migrateAtStart: false });
    await expect(start).rejects.toThrow(/lacks 0001_things\.sql\. .*MIGRATE_AT_START/s);
    expect(await database.sql`select to_regclass('things') as found`).toEqual([{ found: null }]);
  });

  test('a start says what an empty database lacks', async () => {
    await database.sql`drop table schema_migrations`;
    await expect(openDatabase({ ...common(), migrateAtStart: false })).rejects.toThrow(/kit\/0001_outbox\.sql/);
  });

  test('`migrate` applies them once, and then a start is content', async () => {
    expect(await migrateDatabase(common())).toEqual(['0001_things.sql']);
    expect(await migrateDatabase(common())).toEqual([]);
    const opened = await openDatabase({ ...common(), migrateAtStart: false });
    expect(await opened.ready()).toBe(true);
    await opened.close();
  });

  test('a file changed since is refused', async () => {
    await migrateDatabase(common());
    await writeFile(join(migrations, '0001_things.sql'), 'create table things (id bigint)');
    const start = openDatabase({ ...common(), migrateAtStart: false });
    await expect(start).rejects.toThrow(/0001_things\.sql was changed/);
  });
});

test.each([
  ['a start', async (url: string, log: Log) => (await openDatabase({ ...common(), url, log })).close()],
  ['a migration', (url: string, log: Log) => migrateDatabase({ ...common(), url, log })],
])('%s waits for a database that is not there yet, and its first line names the variable', async (_, run) => {
  const door = await lateDoor(database.url);
  const warned: string[] = [];
  const log = { ...silentLog, warn: (_fields: object, message: string) => warned.push(message) } as Log;
  const running = run(door.url, log);
  await vi.waitFor(() => expect(warned).not.toEqual([]), 10_000);
  await door.open();
  await running;
  expect(warned[0]).toMatch(/^DATABASE_URL: PostgreSQL at .*ECONNREFUSED.*; trying again$/);
  await door.close();
});

/** The database behind a port of its own that answers only once it is opened. */
async function lateDoor(target: string): Promise<{ url: string; open(): Promise<void>; close(): Promise<void> }> {
  const { hostname, port } = new URL(target);
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  const listen = async (at: number): Promise<number> => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const close = async (): Promise<void> => void (await once(server.close(), 'close'));
  const free = await listen(0);
  await close();
  const url = new URL(target);
  url.host = `127.0.0.1:${free}`;
  return { url: url.href, open: async () => void (await listen(free)), close };
}

describe('a database that lets nobody in', () => {
  const elsewhere = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };

  test.each([
    ['is not there', (url: URL) => (url.port = '1'), /DATABASE_URL: PostgreSQL at [^/]*:1\/\w+ as \w+: .*ECONNREFUSED/],
    ['has another name', (url: URL) => (url.pathname = '/nowhere'), /DATABASE_URL: .*"nowhere" does not exist/],
    ['knows another role', (url: URL) => (url.username = 'nobody'), /DATABASE_URL: .* as nobody: /],
  ])('names the variable when it %s', async (_, change, message) => {
    const url = elsewhere(change);
    for (const attempt of [openDatabase, migrateDatabase]) {
      const error = (await attempt({ ...common(), url, patienceMs: 0 }).catch((thrown) => thrown)) as Error;
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain(`${new URL(url).password}@`);
    }
  });
});
