import { systemActor } from '@muster/contracts';
import { insertOutbox, newEvent } from '@muster/db';
import { fakeBus, type TestDatabase, testDatabase } from '@muster/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startOutbox } from '../src/index.ts';
import type { Invocation } from '../src/sidecar/invoke.ts';
import { silent } from './events.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('publishes, asks each subscriber whether it arrived, and confirms', async () => {
  const { sql } = database;
  const bus = fakeBus();
  const asked: { app: string; path: string; body: unknown }[] = [];
  const invoke = async <T>({ app, path, body }: Invocation<T>): Promise<T> => {
    asked.push({ app, path, body });
    return { missing: [] } as T;
  };
  const outbox = startOutbox({ sql, log: silent, sidecar: { publish: bus.publish, invoke } });
  const userId = '0198a000-0000-7000-8000-000000000001';
  const data = { userId, version: 1, occurredAt: '2026-03-02T08:00:00Z', actor: systemActor };
  const event = newEvent('auth.login-enabled.v1', data);
  await insertOutbox(sql, [event]);
  outbox.wake();
  await vi.waitFor(() => expect(bus.sent).toHaveLength(1), { timeout: 20_000 });
  await vi.waitFor(async () => expect(await sql`select from outbox where published_at is null`).toHaveLength(0));
  await sql`update outbox set next_check_at = now()`;
  await vi.waitFor(async () => expect(await sql`select from outbox where confirmed_at is null`).toHaveLength(0), {
    timeout: 20_000,
  });
  const question = { path: '/internal/inbox/missing', body: { ids: [event.id] } };
  expect(asked.sort((a, b) => a.app.localeCompare(b.app))).toEqual([
    { app: 'employee', ...question },
    { app: 'events', ...question },
  ]);
  await outbox.stop();
});
