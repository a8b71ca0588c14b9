import { fileURLToPath } from 'node:url';
import type { EventDraft, EventEnvelope, EventType } from '@muster/contracts';
import { newEvent } from '@muster/db';
import type { Actor } from '@muster/identity';
import { createLogger } from '@muster/service-kit';
import { testDatabase } from '@muster/testing';
import { createApp } from '../../src/app.ts';
import type { Deps } from '../../src/deps.ts';
import { createWorkshop } from '../../src/images/create-workshop.ts';
import { seedDefaultSite } from '../../src/verbs/seed-default-site.ts';
import { type FakeAuth, fakeAuth } from './fake-auth.ts';
import { type FakeStore, fakeStore } from './fake-store.ts';
import { openVerifier, somebody, tokenOf } from './people.ts';

const appApiToken = 'sidecar-token-of-the-test';
export const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
export const defaultSite = {
  id: '0198aaaa-0000-7000-8000-000000000001',
  name: 'Main site',
  zone: 'Europe/Berlin',
};

export interface Asked {
  as?: Actor;
  body?: unknown;
  headers?: Record<string, string>;
}

// biome-ignore lint/suspicious/noExplicitAny: each test looks into the answer it expects
export type Answer = { status: number; body: any; headers: Headers };

export type Harness = Awaited<ReturnType<typeof createHarness>>;

/** The service on a database of its own; auth, the object store and the clock are the test's. */
export async function createHarness(o: { uploads?: number; max?: number } = {}) {
  const database = await testDatabase({ folder: migrations, ...(o.max && { max: o.max }) });
  const log = createLogger({ service: 'employee', level: 'silent' });
  const auth: FakeAuth = fakeAuth();
  const store: FakeStore = fakeStore();
  const time = { now: Temporal.Instant.from('2026-03-02T08:00:00Z') };
  const wakes = { count: 0 };
  const deps: Deps = {
    sql: database.sql,
    log,
    clock: { now: () => time.now },
    relay: {
      wake: () => {
        wakes.count += 1;
      },
    },
    logins: auth,
    photos: store,
    workshop: createWorkshop({ atOnce: 1, uploads: o.uploads ?? 8 }),
    defaultSite,
  };
  await seedDefaultSite(deps);
  const app = createApp({ deps, log, verifier: openVerifier, appApiToken, ready: {} });
  const admin = somebody('admin');
  const hr = somebody('hr');

  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const answer = await app.request(path, init);
    const json = /json/.test(answer.headers.get('content-type') ?? '');
    return {
      status: answer.status,
      headers: answer.headers,
      body: json ? await answer.json() : new Uint8Array(await answer.arrayBuffer()),
    };
  };
  const ask = (method: string, path: string, { as, body, headers }: Asked = {}): Promise<Answer> => {
    const raw = body instanceof Uint8Array || body instanceof FormData || typeof body === 'string';
    return send(path, {
      method,
      headers: {
        ...(as && { authorization: `Bearer ${tokenOf(as)}` }),
        ...(body !== undefined && !raw && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: (raw ? body : JSON.stringify(body)) as string }),
    });
  };
  const deliver = (event: EventEnvelope): Promise<Answer> =>
    ask('POST', '/events/auth', { body: event, headers: { 'dapr-api-token': appApiToken } });
  const event = <T extends EventType>(type: T, data: EventDraft<T>): EventEnvelope => newEvent(type, data).envelope;
  /** Everything this service has published so far, oldest first. */
  const published = async (type?: EventType): Promise<EventEnvelope[]> => {
    const rows = await database.sql<{ payload: EventEnvelope }[]>`select payload from outbox order by seq`;
    return rows.map((row) => row.payload).filter((one) => type === undefined || one.type === type);
  };
  let created = 0;
  /** Somebody who works here, as the API answered it. */
  const hire = async (given: Record<string, unknown> = {}, as: Actor = admin) => {
    created += 1;
    const body = { email: `hire${created}@example.org`, name: `Hire ${created}`, position: 'Operator', ...given };
    const answer = await ask('POST', '/api/employees', { as, body });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  };
  const pass = (duration: Temporal.DurationLike): void => {
    time.now = time.now.add(duration);
  };
  return { ...database, deps, app, auth, store, wakes, admin, hr, ask, deliver, event, published, hire, pass };
}
