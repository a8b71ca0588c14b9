import { silentLog, type TestDatabase, testDatabase } from '@muster/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  insertOutbox,
  type OutboxEvent,
  type ReconcilerOptions,
  type Stoppable,
  startReconciler,
  startRelay,
} from '../src/index.ts';
import { eventually, someEvents } from './support.ts';

let database: TestDatabase;
let jobs: Stoppable[] = [];
/** What each subscriber's inbox holds; the stream delivers into it while `delivering`. */
let inboxes: Map<string, Set<string>>;
let delivering = true;
let publishedIds: string[] = [];

beforeEach(async () => {
  database = await testDatabase();
  inboxes = new Map([
    ['employee', new Set()],
    ['events', new Set()],
  ]);
  delivering = true;
  publishedIds = [];
});
afterEach(async () => {
  await Promise.all(jobs.map((job) => job.stop()));
  jobs = [];
  await database.drop();
});

const start = (options: Partial<ReconcilerOptions> = {}): void => {
  const relay = startRelay({
    sql: database.sql,
    log: silentLog,
    checkAfterS: [0, 0.05],
    publish: async (_topic, envelopes) => {
      for (const { id } of envelopes) {
        publishedIds.push(id);
        if (delivering) for (const inbox of inboxes.values()) inbox.add(id);
      }
      return { failed: new Map() };
    },
  });
  const reconciler = startReconciler({
    sql: database.sql,
    log: silentLog,
    relay,
    subscribers: () => [...inboxes.keys()],
    missing: async (app, ids) => ids.filter((id) => !inboxes.get(app)?.has(id)),
    everyMs: 10,
    laterS: 0.02,
    patienceMs: 200,
    ...options,
  });
  jobs.push(reconciler, relay);
};
const confirmed = async () => (await database.sql`select from outbox where confirmed_at is not null`).length;
const send = async (count: number): Promise<OutboxEvent[]> => {
  const events = someEvents(count);
  await insertOutbox(database.sql, events);
  return events;
};

test('confirms what every subscriber has, once', async () => {
  await send(20);
  start();
  await eventually(async () => expect(await confirmed()).toBe(20));
  expect(publishedIds).toHaveLength(20);
});

test('publishes again what a flush lost, until it has arrived', async () => {
  delivering = false;
  const events = await send(20);
  start();
  await eventually(() => expect(publishedIds.length).toBeGreaterThan(20));
  expect(await confirmed()).toBe(0);
  delivering = true;
  await eventually(async () => expect(await confirmed()).toBe(20));
  expect([...(inboxes.get('events') ?? [])].toSorted()).toEqual(events.map(({ id }) => id).toSorted());
});

test('one subscriber that misses an event is enough', async () => {
  const [event] = await send(1);
  delivering = false;
  inboxes.get('employee')?.add(event?.id ?? '');
  start();
  await eventually(() => expect(publishedIds.length).toBeGreaterThan(1));
  delivering = true;
  await eventually(async () => expect(await confirmed()).toBe(1));
});

test('an app that cannot be asked is waited for, without publishing again', async () => {
  let asked = 0;
  let reachable = false;
  await send(5);
  start({
    missing: async (app) => {
      if (app === 'events' && !reachable) {
        asked++;
        throw new Error('unreachable');
      }
      return [];
    },
  });
  await eventually(() => expect(asked).toBeGreaterThan(3));
  expect(await confirmed()).toBe(0);
  expect(publishedIds).toHaveLength(5);
  reachable = true;
  await eventually(async () => expect(await confirmed()).toBe(5));
});

test('a consumer that is behind but moving gets nothing twice', async () => {
  delivering = false;
  const events = await send(30);
  start({ patienceMs: 20_000, batch: 7 });
  const inbox = inboxes.get('events');
  inboxes.delete('employee');
  for (const { id } of events) {
    inbox?.add(id);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await eventually(async () => expect(await confirmed()).toBe(30));
  // The first pass may run before anything has arrived at all, and then cannot tell.
  expect(new Set(publishedIds).size).toBe(30);
  expect(publishedIds.length).toBeLessThan(60);
});

test('a topic nobody consumes needs no confirmation by anybody', async () => {
  inboxes.clear();
  await send(3);
  start();
  await eventually(async () => expect(await confirmed()).toBe(3));
});

test('each further look at an event comes later', async () => {
  delivering = false;
  const [event] = await send(1);
  start();
  await eventually(() => expect(publishedIds.length).toBeGreaterThan(3));
  const [row] = await database.sql<{ attempts: number }[]>`select attempts from outbox where id = ${event?.id ?? ''}`;
  expect(row?.attempts).toBeGreaterThan(2);
});
