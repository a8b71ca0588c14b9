import { type TestDatabase, testDatabase } from '@muster/testing';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  claimInbox,
  type DeadLetter,
  findMissing,
  listDeadLetters,
  parkDeadLetter,
  settleDeadLetter,
  takeDeadLetter,
  withTransaction,
} from '../src/index.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.drop());

const park = async (reason?: string): Promise<DeadLetter> => {
  const eventId = v7();
  await parkDeadLetter(database.sql, { eventId, topic: 'auth', type: 'auth.x.v1', payload: { id: eventId }, reason });
  const all = await listDeadLetters(database.sql);
  return all.find((letter) => letter.eventId === eventId) as DeadLetter;
};

test('a parked event is listed as it came', async () => {
  const letter = await park('boom');
  expect(letter).toMatchObject({ topic: 'auth', type: 'auth.x.v1', payload: { id: letter.eventId }, attempts: 0 });
  expect(letter.reason).toBe('boom');
});

test('the same event parked twice is one; nameless ones are each their own', async () => {
  const { eventId } = await park('first');
  await parkDeadLetter(database.sql, { eventId: eventId ?? '', topic: 'auth', payload: {} });
  expect(await listDeadLetters(database.sql)).toMatchObject([{ reason: 'first' }]);
  await parkDeadLetter(database.sql, { topic: 'auth', payload: 'no json at all' });
  await parkDeadLetter(database.sql, { topic: 'auth', payload: null });
  expect(await listDeadLetters(database.sql)).toHaveLength(3);
});

test('lists page by page, oldest first', async () => {
  const parked = [await park(), await park(), await park()];
  const first = await listDeadLetters(database.sql, { limit: 2 });
  const rest = await listDeadLetters(database.sql, { limit: 2, after: first.at(-1)?.id });
  expect([...first, ...rest].map(({ id }) => id)).toEqual(parked.map(({ id }) => id));
});

test('only one may try a letter at a time', async () => {
  const { id } = await park();
  await withTransaction(database.sql, async (tx) => {
    expect(await takeDeadLetter(tx, id)).toMatchObject({ id });
    expect(await withTransaction(database.sql, (other) => takeDeadLetter(other, id))).toBeUndefined();
  });
});

test('an event given up is not missing afterwards, and could still be handled', async () => {
  const { id, eventId } = await park();
  await settleDeadLetter(database.sql, id);
  expect(await findMissing(database.sql, [eventId ?? ''])).toEqual([]);
  expect(await claimInbox(database.sql, 'events', [eventId ?? ''])).toEqual(new Set([eventId]));
});

test('settled letters go, failed ones stay and say why', async () => {
  const { id } = await park('first');
  expect(await settleDeadLetter(database.sql, id, { failed: 'again' })).toBe(true);
  expect(await listDeadLetters(database.sql)).toMatchObject([{ id, attempts: 1, reason: 'again' }]);
  expect(await settleDeadLetter(database.sql, id)).toBe(true);
  expect(await listDeadLetters(database.sql)).toEqual([]);
  expect(await settleDeadLetter(database.sql, id)).toBe(false);
});
