import type { EventEnvelope } from '@muster/contracts';
import { silentLog, type TestDatabase, testDatabase } from '@muster/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { insertOutbox, outboxBacklog, type Relay, type RelayOptions, startRelay } from '../src/index.ts';
import { eventually, someEvent, someEvents } from './support.ts';

let database: TestDatabase;
let relays: Relay[] = [];
/** What the broker took, call by call. */
let calls: string[][] = [];
let away = false;
let refuse: (envelope: EventEnvelope) => boolean = () => false;

beforeEach(async () => {
  database = await testDatabase();
  calls = [];
  away = false;
  refuse = () => false;
});
afterEach(async () => {
  away = false;
  await Promise.all(relays.map((relay) => relay.stop()));
  relays = [];
  await database.drop();
});

const publish: RelayOptions['publish'] = async (_topic, envelopes) => {
  if (away) throw new Error('broker away');
  const failed = new Map(envelopes.filter(refuse).map(({ id }) => [id, 'refused']));
  calls.push(envelopes.filter(({ id }) => !failed.has(id)).map(({ id }) => id));
  return { failed };
};
const start = (options: Partial<RelayOptions> = {}): Relay => {
  const relay = startRelay({ sql: database.sql, publish, log: silentLog, ...options });
  relays.push(relay);
  return relay;
};
const published = () => calls.flat();
const unpublished = async () => (await outboxBacklog(database.sql)).unpublished;

test('publishes in order what a crash left, in batches, and marks it', async () => {
  const events = someEvents(25);
  await insertOutbox(database.sql, events);
  start({ batch: 10 });
  await eventually(async () => expect(await unpublished()).toBe(0));
  expect(published()).toEqual(events.map(({ id }) => id));
  expect(calls.map((call) => call.length)).toEqual([10, 10, 5]);
});

test('waking it sends at once, not at the next sweep', async () => {
  const relay = start({ sweepMs: 3_600_000 });
  await eventually(() => expect(relay.stats().failures).toBe(0));
  for (let turn = 1; turn <= 3; turn++) {
    await insertOutbox(database.sql, [someEvent()]);
    relay.wake();
    await eventually(() => expect(published()).toHaveLength(turn));
  }
});

test('without being woken the sweep finds it', async () => {
  start({ sweepMs: 20 });
  await insertOutbox(database.sql, [someEvent()]);
  await eventually(() => expect(published()).toHaveLength(1));
});

test('a crash between publishing and marking sends again: at least once', async () => {
  const [event] = someEvents(1);
  await insertOutbox(database.sql, event === undefined ? [] : [event]);
  const seen = Promise.withResolvers<void>();
  // The session dies, as the process would, after the broker took the event and before the row was marked.
  start({
    publish: async (topic, envelopes) => {
      const answer = await publish(topic, envelopes);
      if (calls.length > 1) return answer;
      await database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'
      `;
      seen.resolve();
      return answer;
    },
  });
  await seen.promise;
  await eventually(async () => expect(await unpublished()).toBe(0));
  expect(published()).toEqual([event?.id, event?.id]);
});

test('several relays on one database share the work and send nothing twice', async () => {
  const events = someEvents(300);
  await insertOutbox(database.sql, events);
  for (let count = 0; count < 3; count++) start({ batch: 20 });
  await eventually(async () => expect(await unpublished()).toBe(0));
  expect(published().toSorted()).toEqual(events.map(({ id }) => id).toSorted());
});

test('a broker that is away costs nothing but time', async () => {
  away = true;
  const events = someEvents(600);
  await insertOutbox(database.sql, events);
  const relay = start();
  await eventually(() => expect(relay.stats().failures).toBeGreaterThan(2));
  expect(relay.stats().lastError).toBe('broker away');
  const before = relay.stats().failures;
  for (let turn = 0; turn < 50; turn++) relay.wake();
  expect(relay.stats().failures - before).toBeLessThan(2);
  expect(await unpublished()).toBe(600);
  away = false;
  await eventually(async () => expect(await unpublished()).toBe(0));
  expect(published().toSorted()).toEqual(events.map(({ id }) => id).toSorted());
  expect(relay.stats()).toMatchObject({ failures: 0, published: 600 });
});

test('an event the broker refuses does not hold up the others, and is tried again', async () => {
  const [bad, ...good] = someEvents(10);
  let tries = 0;
  refuse = ({ id }) => id === bad?.id && ++tries < 3;
  await insertOutbox(
    database.sql,
    [bad, ...good].filter((event) => event !== undefined),
  );
  start({ sweepMs: 50 });
  await eventually(() => expect(published()).toHaveLength(9));
  expect(published()).not.toContain(bad?.id);
  await eventually(async () => expect(await unpublished()).toBe(0));
  expect(published()).toContain(bad?.id);
});

test('an event that makes the whole call fail ends up alone, and the others pass', async () => {
  const events = someEvents(40);
  const bad = events[7]?.id;
  await insertOutbox(database.sql, events);
  start({
    sweepMs: 20,
    publish: async (topic, envelopes) => {
      if (envelopes.some(({ id }) => id === bad)) throw new Error('cannot be encoded');
      return publish(topic, envelopes);
    },
  });
  await eventually(() => expect(published()).toHaveLength(39));
  expect(await unpublished()).toBe(1);
});

test('yields while others are busy, but never starves', async () => {
  const relay = start({ yieldWhile: () => true, maxYieldMs: 50, batch: 10, sweepMs: 3_600_000 });
  await insertOutbox(database.sql, someEvents(30));
  relay.wake();
  await eventually(async () => expect(await unpublished()).toBe(0));
});

test('sends a trickle during a rush, whole batches when the rush turns out to be the usual state', async () => {
  const rush = { yieldWhile: () => true, maxYieldMs: 1, trickle: 5, sweepMs: 3_600_000 };
  await insertOutbox(database.sql, someEvents(20));
  const rushed = start(rush);
  await eventually(async () => expect(await unpublished()).toBe(0));
  expect(calls.map((call) => call.length)).toEqual([5, 5, 5, 5]);
  await rushed.stop();

  calls = [];
  await insertOutbox(database.sql, someEvents(20));
  start({ ...rush, trickleForMs: 0 }).wake();
  await eventually(async () => expect(await unpublished()).toBe(0));
  expect(calls.map((call) => call.length)).toContain(20);
});

test('goes on at once when the others are done', async () => {
  let busy = true;
  const relay = start({ yieldWhile: () => busy, maxYieldMs: 3_600_000 });
  await insertOutbox(database.sql, [someEvent()]);
  relay.wake();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(calls).toEqual([]);
  busy = false;
  await eventually(() => expect(published()).toHaveLength(1));
});

test('stopping publishes what is there', async () => {
  const relay = start({ batch: 10, yieldWhile: () => true, maxYieldMs: 3_600_000 });
  await insertOutbox(database.sql, someEvents(35));
  await relay.stop();
  expect(published()).toHaveLength(35);
});

test('stopping does not wait for a broker that is away', async () => {
  away = true;
  await insertOutbox(database.sql, someEvents(5));
  const relay = start({ drainMs: 3_600_000 });
  await eventually(() => expect(relay.stats().failures).toBeGreaterThan(0));
  await relay.stop();
  expect(await unpublished()).toBe(5);
});

test('the backlog tells how much waits and for how long', async () => {
  expect(await outboxBacklog(database.sql)).toEqual({ unpublished: 0, unconfirmed: 0, oldestS: 0 });
  await insertOutbox(database.sql, someEvents(2));
  await database.sql`update outbox set created_at = now() - interval '90 seconds'`;
  const backlog = await outboxBacklog(database.sql);
  expect(backlog).toMatchObject({ unpublished: 2, unconfirmed: 0 });
  expect(backlog.oldestS).toBeGreaterThanOrEqual(90);
});
