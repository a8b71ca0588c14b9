import { fileURLToPath } from 'node:url';
import type { EventDraft, EventEnvelope, EventType } from '@muster/contracts';
import { newEvent } from '@muster/db';
import type { Actor } from '@muster/identity';
import { createLogger } from '@muster/service-kit';
import { fakeBus, fakeClock, publishedEvents, requestJson, testDatabase } from '@muster/testing';
import { createApp } from '../../src/app.ts';
import type { Deps } from '../../src/deps.ts';
import { createWorkshop } from '../../src/images/create-workshop.ts';
import { seedDefaultSite } from '../../src/verbs/seed-default-site.ts';
import { type FakeAuth, fakeAuth } from './fake-auth.ts';
import { fakeHolders } from './fake-holders.ts';
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
  const holders = fakeHolders();
  const clock = fakeClock('2026-03-02T08:00:00Z');
  const deps: Deps = {
    sql: database.sql,
    log,
    clock,
    relay: fakeBus().relay,
    logins: auth,
    photos: store,
    workshop: createWorkshop({ atOnce: 1, uploads: o.uploads ?? 8 }),
    holders,
    secondLookSeconds: 120,
    defaultSite,
  };
  await seedDefaultSite(deps);
  const app = createApp({ deps, log, verifier: openVerifier, appApiToken, ready: {} });
  const admin = somebody('admin');
  const hr = somebody('hr');

  const ask = async (method: string, path: string, { as, body, headers = {} }: Asked = {}): Promise<Answer> => {
    const isRaw = body instanceof Uint8Array || body instanceof FormData || typeof body === 'string';
    const token = as && tokenOf(as);
    const sent = isRaw ? { raw: body as string } : { body };
    const answer = await requestJson(app, method, path, { token, headers, ...sent });
    const json = /json/.test(answer.headers.get('content-type') ?? '');
    return { ...answer, body: json ? answer.body : answer.bytes };
  };
  const deliver = (event: EventEnvelope): Promise<Answer> =>
    ask('POST', '/events/auth', { body: event, headers: { 'dapr-api-token': appApiToken } });
  const event = <T extends EventType>(type: T, data: EventDraft<T>): EventEnvelope => newEvent(type, data).envelope;
  /** Everything this service has published so far, oldest first. */
  const published = (type?: EventType): Promise<EventEnvelope[]> => publishedEvents(database.sql, type);
  let created = 0;
  /** Somebody who works here, as the API answered it. */
  const hire = async (given: Record<string, unknown> = {}, as: Actor = admin) => {
    created += 1;
    const body = { email: `hire${created}@example.org`, name: `Hire ${created}`, position: 'Operator', ...given };
    const answer = await ask('POST', '/api/employees', { as, body });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  };
  return {
    ...database,
    deps,
    app,
    auth,
    holders,
    store,
    admin,
    hr,
    ask,
    deliver,
    event,
    published,
    hire,
    pass: clock.advance,
  };
}
