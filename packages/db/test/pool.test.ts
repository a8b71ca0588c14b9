import { type AddressInfo, createServer, connect as dial } from 'node:net';
import { type Cluster, silentLog, startCluster } from '@muster/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, isOutage, poolUse, type Sql, withTransaction } from '../src/index.ts';
import { eventually } from './support.ts';

let cluster: Cluster;
let sql: Sql;
beforeAll(async () => {
  cluster = await startCluster();
  sql = createPool({ url: cluster.url, max: 3, applicationName: 'pool-test', log: silentLog, statementTimeoutMs: 300 });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await cluster.stop();
});

const pool = (max: number) => createPool({ url: cluster.url, max, applicationName: 'pool-test', log: silentLog });

test('types arrive as what they are', async () => {
  const [row] = await sql`
    select count(*) as count, date '2026-03-29' as day, timestamptz '2026-03-29 01:00Z' as at, 9007199254740993::bigint as big
  `;
  expect(row).toEqual({ count: 1, day: '2026-03-29', at: new Date('2026-03-29T01:00:00Z'), big: 9007199254740993n });
});

test('Temporal values can be passed in', async () => {
  const at = Temporal.Instant.from('2026-03-29T01:00:00.123456Z');
  const day = Temporal.PlainDate.from('2026-03-29');
  const [row] = await sql`select extract(microseconds from ${at}::timestamptz)::int as us, ${day}::date as day`;
  expect(row).toEqual({ us: 123456, day: '2026-03-29' });
});

test('no query starts parallel workers', async () => {
  expect(await sql`show max_parallel_workers_per_gather`).toEqual([{ max_parallel_workers_per_gather: '0' }]);
});

test('a pool tells how busy it is', async () => {
  const two = pool(2);
  const gate = Promise.withResolvers<void>();
  const hold = () => withTransaction(two, () => gate.promise);
  const held = [hold(), hold()];
  await eventually(() => expect(poolUse(two)).toEqual({ max: 2, used: 2, waiting: 0 }));
  held.push(hold());
  await eventually(() => expect(poolUse(two)).toEqual({ max: 2, used: 2, waiting: 1 }));
  gate.resolve();
  await Promise.all(held);
  await eventually(() => expect(poolUse(two)).toEqual({ max: 2, used: 0, waiting: 0 }));
  await two.end({ timeout: 1 });
});

test('a statement that takes too long is cancelled, and is no outage', async () => {
  const error = await sql`select pg_sleep(20)`.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: '57014' });
  expect(isOutage(error)).toBe(false);
});

test('a session killed in the middle of a statement fails that transaction only', async () => {
  const one = pool(1);
  const killed = withTransaction(one, async (tx) => {
    const [self] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
    setTimeout(() => void sql`select pg_terminate_backend(${self?.pid ?? 0})`.execute(), 50);
    await tx`set local statement_timeout = 0`;
    await tx`select pg_sleep(20)`;
  });
  expect(isOutage(await killed.catch((thrown: unknown) => thrown))).toBe(true);
  for (let turn = 0; turn < 3; turn++) expect(await one`select ${turn}::int as turn`).toEqual([{ turn }]);
  await one.end();
});

// It asks for them on its own account, so nobody would catch what comes of it: a restart of Postgres ended services so.
test('a connection that dies while the driver asks for the array types fails its query only', async () => {
  const target = new URL(cluster.url);
  let deaths = 0;
  const proxy = createServer((client) => {
    const server = dial(Number(target.port), target.hostname);
    for (const socket of [client, server]) socket.on('error', () => {});
    client.on('data', (chunk) => {
      if (deaths > 0 || !chunk.includes('pg_catalog.pg_type')) return void server.write(chunk);
      deaths++;
      client.resetAndDestroy();
    });
    server.pipe(client);
    client.on('close', () => server.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const url = new URL(cluster.url);
  url.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const one = createPool({ url: url.href, max: 1, applicationName: 'pool-test', log: silentLog });
  expect(isOutage(await one`select 1`.catch((thrown: unknown) => thrown))).toBe(true);
  expect(deaths).toBe(1);
  // The next connection asks again: arrays are read as arrays.
  await eventually(async () => expect(await one`select array[1, 2] as list`).toEqual([{ list: [1, 2] }]));
  await one.end({ timeout: 1 });
  proxy.close();
});

// The driver would otherwise run them, and the commit, inside whatever transaction uses the connection next.
test('what a dead transaction still says reaches no other transaction', async () => {
  const one = pool(1);
  await one`create table if not exists notes (text text)`;
  const died = Promise.withResolvers<void>();
  const dead = withTransaction(one, async (tx) => {
    const [self] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await sql`select pg_terminate_backend(${self?.pid ?? 0})`;
    await died.promise;
    await tx`insert into notes values ('from the dead')`;
  });
  expect(isOutage(await dead.catch((thrown: unknown) => thrown))).toBe(true);
  const failing = withTransaction(one, async (tx) => {
    await tx`insert into notes values ('rolled back')`;
    died.resolve();
    await tx`select pg_sleep(0.05)`;
    throw new Error('roll back');
  });
  await expect(failing).rejects.toThrow('roll back');
  expect(await one`select text from notes`).toEqual([]);
  await one.end();
});

test('a reserved session that died says so, and does not break the pool', async () => {
  const one = pool(1);
  const session = await one.reserve();
  const [self] = await session<{ pid: number }[]>`select pg_backend_pid() as pid`;
  await sql`select pg_terminate_backend(${self?.pid ?? 0})`;
  const ask = () => session`select 1`.catch((thrown: unknown) => thrown);
  await eventually(async () => expect(isOutage(await ask())).toBe(true));
  session.release();
  await eventually(async () => expect(await one`select 1 as one`).toEqual([{ one: 1 }]));
  await one.end();
});

test.each(['fast', 'immediate'] as const)('finds Postgres again after a %s stop', async (mode) => {
  await sql`select 1`;
  const held = withTransaction(sql, async (tx) => {
    await tx`select 1`;
    await cluster.pause(mode);
    return tx`select 2`;
  }).catch((thrown: unknown) => thrown);
  expect(isOutage(await held)).toBe(true);
  const down = await Promise.all(Array.from({ length: 10 }, () => sql`select 1`.catch((thrown: unknown) => thrown)));
  expect(down.every(isOutage)).toBe(true);
  await cluster.resume();
  await eventually(async () => expect(await sql`select 1 as one`).toEqual([{ one: 1 }]));
  await Promise.all(Array.from({ length: 20 }, () => sql`select 1`));
});

test('a pool that was ended is an outage to its callers', async () => {
  const other = pool(1);
  await other.end();
  expect(isOutage(await other`select 1`.catch((thrown: unknown) => thrown))).toBe(true);
});
