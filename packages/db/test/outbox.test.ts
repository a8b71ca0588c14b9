import { envelopeSchema, eventSchemas } from '@muster/contracts';
import { type TestDatabase, testDatabase } from '@muster/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertOutbox, outboxRows, withTransaction } from '../src/index.ts';
import { someEvent, someEvents } from './support.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('an event is a CloudEvent whose data carries its id', () => {
  const { id, topic, type, subject, envelope } = someEvent();
  expect(envelopeSchema.parse(envelope)).toEqual(envelope);
  expect(eventSchemas['auth.login-enabled.v1'].parse(envelope.data)).toMatchObject({ id, userId: subject });
  expect(envelope).toMatchObject({ id, type, subject, source: 'muster/auth', time: '2026-03-02T08:00:00Z' });
  expect(topic).toBe('auth');
});

test('ids sort by time', () => {
  const ids = someEvents(500).map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted());
});

test('events are stored in the order given, with their payload unchanged', async () => {
  const { sql } = database;
  const events = someEvents(3);
  await insertOutbox(sql, events);
  await insertOutbox(sql, []);
  const rows = await sql`select id, topic, type, subject, payload, published_at, attempts from outbox order by seq`;
  expect(rows).toEqual(
    events.map(({ envelope, ...columns }) => ({ ...columns, payload: envelope, published_at: null, attempts: 0 })),
  );
});

test('a change that is rolled back takes its events along', async () => {
  const event = someEvent();
  const failed = withTransaction(database.sql, async (tx) => {
    await insertOutbox(tx, [event]);
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect(await database.sql`select from outbox where id = ${event.id}`).toHaveLength(0);
});

test('a statement of its own can write outbox rows from the columns', async () => {
  const { sql } = database;
  const [one, two] = someEvents(2);
  const { ids, topics, types, subjects, payloads } = outboxRows([one, two].filter((event) => event !== undefined));
  await sql`
    with wanted as (
      select id, topic, type, subject, payload, row from
      unnest(${ids}::uuid[], ${topics}::text[], ${types}::text[], ${subjects}::text[], ${payloads}::text[])
        with ordinality as event (id, topic, type, subject, payload, row)
    )
    insert into outbox (id, topic, type, subject, payload)
    select id, topic, type, subject, payload::json from wanted where row = 2
  `;
  const stored = await sql`select id, payload from outbox where id = any(${ids}::uuid[])`;
  expect(stored).toEqual([{ id: two?.id, payload: two?.envelope }]);
});
