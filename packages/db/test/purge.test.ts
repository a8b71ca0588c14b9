import { type TestDatabase, testDatabase } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimInbox, insertOutbox } from '../src/index.ts';
import { purgeOnce } from '../src/purge/purge-once.ts';
import { someEvents } from './support.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('keeps events until a day after they arrived everywhere', async () => {
  const { sql } = database;
  const [fresh, recent, old, unconfirmed] = someEvents(4);
  await insertOutbox(
    sql,
    [fresh, recent, old, unconfirmed].filter((event) => event !== undefined),
  );
  await sql`update outbox set created_at = now() - interval '3 days' where id <> ${fresh?.id ?? ''}`;
  await sql`update outbox set confirmed_at = now() - interval '23 hours' where id = ${recent?.id ?? ''}`;
  await sql`update outbox set confirmed_at = now() - interval '25 hours' where id = ${old?.id ?? ''}`;
  expect(await purgeOnce(sql)).toMatchObject({ outbox: 1 });
  expect(await sql`select from outbox where id = ${old?.id ?? ''}`).toHaveLength(0);
});

test('keeps inbox rows for eight days, idempotency keys for one', async () => {
  const { sql } = database;
  const [kept, old] = [v7(), v7()];
  await claimInbox(sql, 'events', [kept, old]);
  await sql`update inbox set received_at = now() - interval '7 days' where event_id = ${kept}`;
  await sql`update inbox set received_at = now() - interval '9 days' where event_id = ${old}`;
  await sql`
    insert into idempotency_keys (scope, key, fingerprint, created_at)
    values ('s', 'new', '', now()), ('s', 'old', '', now() - interval '25 hours')
  `;
  expect(await purgeOnce(sql)).toMatchObject({ inbox: 1, idempotency_keys: 1 });
  expect(await purgeOnce(sql)).toEqual({ outbox: 0, inbox: 0, idempotency_keys: 0 });
});

test('works through more than one batch', async () => {
  await database.sql`
    insert into inbox (event_id, consumer, received_at)
    select gen_random_uuid(), 'events', now() - interval '9 days' from generate_series(1, 10001)
  `;
  expect(await purgeOnce(database.sql)).toMatchObject({ inbox: 10_001 });
});
