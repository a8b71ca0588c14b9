import { type TestDatabase, testDatabase } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimInbox, findMissing, parkDeadLetter, withTransaction } from '../src/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());
const ids = (count: number) => Array.from({ length: count }, () => v7());

test('an event is new once', async () => {
  const { sql } = database;
  const [one, two] = ids(2) as [string, string];
  expect(await claimInbox(sql, 'events', [one, one])).toEqual(new Set([one]));
  expect(await claimInbox(sql, 'events', [one, two])).toEqual(new Set([two]));
  expect(await claimInbox(sql, 'events', [])).toEqual(new Set());
});

test('two consumers do not take from each other', async () => {
  const [id] = ids(1) as [string];
  await claimInbox(database.sql, 'one', [id]);
  expect(await claimInbox(database.sql, 'two', [id])).toEqual(new Set([id]));
});

test('a claim that was rolled back can be made again', async () => {
  const [id] = ids(1) as [string];
  const failed = withTransaction(database.sql, async (tx) => {
    await claimInbox(tx, 'events', [id]);
    throw new Error('handler');
  });
  await expect(failed).rejects.toThrow('handler');
  expect(await claimInbox(database.sql, 'events', [id])).toEqual(new Set([id]));
});

test('the same events claimed in parallel, in any order, are each new for exactly one', async () => {
  const shared = ids(50);
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_, turn) =>
      withTransaction(database.sql, (tx) => claimInbox(tx, 'events', turn % 2 ? shared : shared.toReversed())),
    ),
  );
  expect(claims.flatMap((claim) => [...claim]).sort()).toEqual(shared.toSorted());
});

test('missing is what was neither handled nor parked', async () => {
  const [handled, parked, unknown] = ids(3) as [string, string, string];
  await claimInbox(database.sql, 'events', [handled]);
  await parkDeadLetter(database.sql, { eventId: parked, topic: 'auth', payload: {} });
  expect(await findMissing(database.sql, [handled, parked, unknown])).toEqual([unknown]);
  expect(await findMissing(database.sql, [])).toEqual([]);
});
