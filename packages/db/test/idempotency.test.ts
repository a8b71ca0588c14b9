import { AppError } from '@muster/contracts';
import { silentLog, type TestDatabase, testDatabase } from '@muster/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createPool, type Sql, withIdempotency } from '../src/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.sql`create table made (name text)`;
});
beforeEach(async () => {
  await database.sql`truncate made, idempotency_keys`;
});
afterAll(() => database.drop());

interface Ask {
  key?: string | undefined;
  scope?: string;
  request?: unknown;
  during?: () => Promise<void>;
  sql?: Sql;
}
const make = ({ key = 'k', scope = 'POST /made ann', request = { name: 'a' }, during, sql = database.sql }: Ask = {}) =>
  withIdempotency({
    sql,
    scope,
    key,
    request,
    run: async (tx) => {
      await tx`insert into made values ('a')`;
      await during?.();
      return { status: 201, body: { name: 'a', at: '2026-03-02' }, headers: { Location: '/made/a' } };
    },
  });
const made = async () => (await database.sql`select from made`).length;

test('the same key and request again get the first answer', async () => {
  const first = await make();
  const second = await make();
  expect(second).toEqual({ ...first, replayed: true });
  expect(await made()).toBe(1);
});

test('the order of the fields makes no other request', async () => {
  await make({ request: { a: 1, b: { c: [1, 2], d: null } } });
  expect(await make({ request: { b: { d: null, c: [1, 2] }, a: 1 } })).toMatchObject({ replayed: true });
});

test.each([{ a: 2 }, { a: '1' }, { a: 1, b: 2 }, {}, [1], null])(
  'another request %j under the key is refused',
  async (request) => {
    await make({ request: { a: 1 } });
    await expect(make({ request })).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    expect(await made()).toBe(1);
  },
);

test('keys of two scopes never meet, and without a key nothing is kept', async () => {
  await make({ scope: 'ann' });
  await make({ scope: 'bob' });
  const run = async () => ({ status: 201, body: null });
  await withIdempotency({ sql: database.sql, scope: 'ann', key: undefined, request: {}, run });
  expect(await made()).toBe(2);
  expect(await database.sql`select from idempotency_keys`).toHaveLength(2);
});

test('requests at once under one key do the work once and get one answer', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => make()));
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(await made()).toBe(1);
});

test('while the first is under way, another request under its key is refused only once that is known', async () => {
  const entered = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const first = make({
    during: () => {
      entered.resolve();
      return finish.promise;
    },
  });
  await entered.promise;
  const second = make({ request: { name: 'b' } });
  finish.resolve();
  await expect(second).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  expect(await first).toMatchObject({ status: 201, replayed: false });
});

test('when the first fails, the second, waiting, does the work', async () => {
  const entered = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const first = make({
    during: async () => {
      entered.resolve();
      await finish.promise;
      throw new AppError('conflict', 'taken');
    },
  });
  await entered.promise;
  const second = make();
  finish.resolve();
  await expect(first).rejects.toMatchObject({ code: 'conflict' });
  expect(await second).toMatchObject({ replayed: false });
  expect(await made()).toBe(1);
});

test('a first that takes too long makes the second come back later', async () => {
  const hasty = createPool({ url: database.url, max: 1, applicationName: 'test', log: silentLog, lockTimeoutMs: 50 });
  const entered = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const first = make({
    during: () => {
      entered.resolve();
      return finish.promise;
    },
  });
  await entered.promise;
  await expect(make({ sql: hasty })).rejects.toMatchObject({
    code: 'request_in_progress',
    headers: { 'Retry-After': '1' },
  });
  finish.resolve();
  await first;
  await hasty.end();
});

test('a key is free again after a day', async () => {
  await make();
  await database.sql`update idempotency_keys set created_at = now() - interval '25 hours'`;
  expect(await make({ request: { other: true } })).toMatchObject({ replayed: false });
  expect(await make({ request: { other: true } })).toMatchObject({ replayed: true });
  expect(await made()).toBe(2);
});
