import { type TestDatabase, testDatabase } from '@muster/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Tx, withTransaction } from '../src/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.sql`create table accounts (id int primary key, amount int not null)`;
  await database.sql`insert into accounts values (1, 0), (2, 0)`;
});
afterAll(() => database.drop());

test('what throws is rolled back', async () => {
  const { sql } = database;
  const failing = withTransaction(sql, async (tx) => {
    await tx`insert into accounts values (3, 0)`;
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await sql`select from accounts where id = 3`).toHaveLength(0);
});

test('two transactions that deadlock both succeed in the end', async () => {
  const { sql } = database;
  const bothHold = Promise.withResolvers<void>();
  let holding = 0;
  const transfer = (first: number, second: number) =>
    withTransaction(sql, async (tx) => {
      await add(tx, first);
      if (++holding === 2) bothHold.resolve();
      await bothHold.promise;
      await add(tx, second);
    });
  await Promise.all([transfer(1, 2), transfer(2, 1)]);
  expect(await sql`select amount from accounts where id in (1, 2)`).toEqual([{ amount: 2 }, { amount: 2 }]);
});

test('lost updates are retried under serializable isolation', async () => {
  const { sql } = database;
  const increment = () =>
    withTransaction(sql, async (tx) => {
      await tx`set transaction isolation level serializable`;
      const [row] = await tx<{ amount: number }[]>`select amount from accounts where id = 1`;
      await tx`update accounts set amount = ${(row?.amount ?? 0) + 1} where id = 1`;
    });
  await sql`update accounts set amount = 0 where id = 1`;
  await Promise.all([increment(), increment()]);
  expect(await sql`select amount from accounts where id = 1`).toEqual([{ amount: 2 }]);
});

const add = (tx: Tx, id: number) => tx`update accounts set amount = amount + 1 where id = ${id}`;
