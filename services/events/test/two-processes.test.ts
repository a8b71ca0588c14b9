import { startRedis, type TestDatabase, type TestRedis, testDatabase, tokenFor } from '@muster/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { closeClients, connect } from './support/client.ts';
import { checkedIn, created, registered, user } from './support/events.ts';
import { listeningService, migrations } from './support/service.ts';

let database: TestDatabase;
let redis: TestRedis;
let one: Awaited<ReturnType<typeof listeningService>>;
let two: Awaited<ReturnType<typeof listeningService>>;
const hr = user('hr');
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 50 });
const never = 3_600_000;

beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase({ folder: migrations }), startRedis()]);
});
afterAll(async () => {
  closeClients();
  await Promise.all([one?.stop(), two?.stop()]);
  await Promise.all([database.drop(), redis.stop()]);
});

async function start(sweepMs: number) {
  closeClients();
  await Promise.all([one?.stop(), two?.stop()]);
  [one, two] = (await Promise.all(
    [0, 1].map(() => listeningService(database.sql, { redisUrl: redis.url, sweepMs })),
  )) as [typeof one, typeof two];
  await one.deliver(registered(hr.id, 'hr'));
  const token = await tokenFor(hr);
  return Promise.all([one, two].map((process) => connect(process.url, '/notifications', { token })));
}

test('two processes serve one set of clients: whoever handles an event, everybody hears of it', async () => {
  // No sweep: only Redis can carry the news across.
  const clients = await start(never);
  const watchers = await Promise.all(
    [one, two].map(async (process) => {
      const client = await connect(process.url, '/attendance', { token: await tokenFor(hr) });
      const people = new Set<string>();
      client.socket.on('presence', ({ changes }) => {
        for (const change of changes) people.add(change.employeeId);
      });
      return people;
    }),
  );
  // Subscriptions of the adapter are made in the background: repeat until news gets through both ways.
  await until(async () => {
    await Promise.all([one.deliver(created()), two.deliver(created())]);
    const [last] = await database.sql`select last_seq from notification_feeds where user_id = ${hr.id}`;
    await vi.waitFor(() =>
      expect(clients.map((client) => client.seqs().at(-1))).toEqual([last?.last_seq, last?.last_seq]),
    );
  });
  await until(async () => {
    const events = [checkedIn(), checkedIn()];
    await Promise.all([one.deliver(events[0] ?? checkedIn()), two.deliver(events[1] ?? checkedIn())]);
    const ids = events.map((event) => String(event.data.employeeId));
    await vi.waitFor(() => expect(watchers.map((people) => ids.every((id) => people.has(id)))).toEqual([true, true]));
  });
  const events = Array.from({ length: 100 }, () => created());
  await Promise.all(events.flatMap((event) => [one.deliver(event), two.deliver(event)]));
  const [last] = await database.sql`select last_seq from notification_feeds where user_id = ${hr.id}`;
  await until(() => expect(clients.map((client) => client.seqs().at(-1))).toEqual([last?.last_seq, last?.last_seq]));
  for (const client of clients) {
    const seqs = client.seqs();
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
  }
});

test('with Redis away events are handled, sockets connect, and nothing is lost or sent twice', async () => {
  const clients = await start(200);
  await redis.pause();
  await Promise.all([one.deliver(created()), two.deliver(created()), one.deliver(checkedIn())]);
  const late = await connect(two.url, '/notifications', { token: await tokenFor(hr), lastSeq: 0 });
  const [last] = await database.sql`select last_seq from notification_feeds where user_id = ${hr.id}`;
  const all = [...clients, late];
  await until(() => expect(all.map((client) => client.seqs().at(-1))).toEqual(all.map(() => last?.last_seq)));
  expect(late.seqs()).toEqual(late.seqs().map((_, index) => index + 1));

  await redis.resume();
  // It recovers by itself: presence, which no sweep carries, crosses again.
  const watcher = await connect(two.url, '/attendance', { token: await tokenFor(hr) });
  const people = new Set<string>();
  watcher.socket.on('presence', ({ changes }) => {
    for (const change of changes) people.add(change.employeeId);
  });
  await until(async () => {
    const event = checkedIn();
    await one.deliver(event);
    await vi.waitFor(() => expect(people.has(String(event.data.employeeId))).toBe(true));
  });
  for (const client of clients) expect(new Set(client.seqs()).size).toBe(client.seqs().length);
});
