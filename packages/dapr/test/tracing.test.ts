import { insertOutbox, newEvent } from '@muster/db';
import { createHttp, startSpan, startTracing, stopTracing, traced, tracing } from '@muster/service-kit';
import { type Collector, fakeBus, startCollector, type TestDatabase, testDatabase } from '@muster/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSidecar, mountEvents, startOutbox } from '../src/index.ts';
import { appApiToken, envelope, silent } from './events.ts';
import { json, standIn } from './sidecar-stand-in.ts';

let database: TestDatabase;
let collector: Collector;
beforeAll(async () => {
  database = await testDatabase();
  collector = await startCollector();
});
afterAll(async () => {
  await collector.close();
  await database.drop();
});

const sampled = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const userId = '0198a000-0000-7000-8000-000000000001';
const { data } = envelope();
const someEvent = (traceparent?: string) =>
  newEvent('auth.login-enabled.v1', { ...data, userId } as never, { traceparent });

/** What was sent so far, by name; ends tracing to have all of it. */
async function collected() {
  await stopTracing();
  return Object.fromEntries(collector.spans.map((span) => [span.name, span]));
}

const start = () => startTracing({ service: 'test', endpoint: collector.url, log: silent });
const invocation = { app: 'auth', method: 'POST', path: '/internal/logins', actor: null } as const;

function eventApp() {
  const seen: (string | undefined)[] = [];
  const app = createHttp({ service: 'events', log: silent });
  const handle = { auth: { '*': async (event: { traceparent?: string | undefined }) => seen.push(event.traceparent) } };
  mountEvents(app, { appId: 'events', appApiToken, handle, sql: database.sql, log: silent });
  app.get('/api/things/:id', (c) => c.json({ trace: c.req.header('traceparent') ?? null }));
  const headers = { 'dapr-api-token': appApiToken, 'content-type': 'application/cloudevents+json' };
  const deliver = (event: unknown) =>
    app.request('/events/auth', { method: 'POST', headers, body: JSON.stringify(event) });
  return { app, deliver, seen };
}

describe('with a collector', () => {
  beforeEach(async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url);
    collector.spans.length = 0;
    await start();
  });
  afterEach(async () => {
    await stopTracing();
    vi.unstubAllEnvs();
  });

  it('an event carries its trace through outbox, publishing and delivery', async () => {
    const { sql } = database;
    const bus = fakeBus();
    const outbox = startOutbox({ sql, log: silent, sidecar: { publish: bus.publish, invoke: vi.fn() } });
    const event = await traced('work', { parent: sampled }, async () => someEvent());
    await insertOutbox(sql, [event]);
    outbox.wake();
    await vi.waitFor(() => expect(bus.sent).toHaveLength(1), { timeout: 20_000 });
    await outbox.stop();
    const { deliver, seen } = eventApp();
    expect((await deliver(bus.sent[0]?.envelope)).status).toBe(200);

    const spans = await collected();
    const { work, 'outbox auth.login-enabled.v1': waited, 'publish auth': published } = spans;
    const handled = spans['deliver auth.login-enabled.v1'];
    expect(work).toMatchObject({ traceId: sampled.slice(3, 35), parentSpanId: sampled.slice(36, 52) });
    expect(waited).toMatchObject({ traceId: work?.traceId, parentSpanId: work?.spanId });
    expect(published).toMatchObject({ traceId: work?.traceId, parentSpanId: waited?.spanId, kind: 4, failed: false });
    expect(handled).toMatchObject({ traceId: work?.traceId, parentSpanId: published?.spanId, kind: 5, failed: false });
    expect(seen).toEqual([`00-${handled?.traceId}-${handled?.spanId}-01`]);
  });

  it('a request is a span by its route, and what it invokes belongs to it', async () => {
    const given: unknown[] = [];
    const { port, close } = await standIn((request, response) => {
      given.push(request.headers.traceparent);
      json(response, 200, {});
    });
    const sidecar = createSidecar({ httpPort: port, log: silent });
    const app = createHttp({ service: 'test', log: silent });
    app.get('/api/things/:id', async (c) => c.json(await sidecar.invoke(invocation)));
    await app.request('/api/things/7', { headers: { traceparent: sampled } });
    await sidecar.invoke(invocation);
    const { 'GET /api/things/:id': served, 'invoke auth': invoked, ...others } = await collected();
    expect(served).toMatchObject({
      kind: 2,
      traceId: sampled.slice(3, 35),
      attributes: { 'http.route': '/api/things/:id' },
    });
    expect(invoked).toMatchObject({ kind: 3, parentSpanId: served?.spanId, attributes: { 'rpc.service': 'auth' } });
    expect(others).toEqual({});
    expect(given).toEqual([`00-${invoked?.traceId}-${invoked?.spanId}-01`, undefined]);
    await sidecar.close();
    await close();
  });

  it('what the sender does not keep is not kept', async () => {
    const { app, deliver, seen } = eventApp();
    const unsampled = sampled.replace(/01$/, '00');
    await app.request('/api/things/7', { headers: { traceparent: unsampled } });
    await deliver(envelope({ traceparent: unsampled }));
    expect(seen).toEqual([unsampled]);
    expect(someEvent(unsampled).envelope).not.toHaveProperty('traceparent');
    await traced('unkept', { parent: unsampled }, () => expect(someEvent().envelope).not.toHaveProperty('traceparent'));
    expect(await collected()).toEqual({});
  });

  it('a failing delivery shows', async () => {
    const app = createHttp({ service: 'events', log: silent });
    const handle = { auth: { '*': () => Promise.reject(new Error('no')) } };
    mountEvents(app, { appId: 'events', appApiToken, handle, sql: database.sql, log: silent });
    const headers = { 'dapr-api-token': appApiToken, 'content-type': 'application/json' };
    const body = JSON.stringify(envelope({ traceparent: sampled }));
    await app.request('/events/auth', { method: 'POST', headers, body });
    expect((await collected())['deliver auth.login-enabled.v1']).toMatchObject({ failed: true });
  });
});

describe('without a collector', () => {
  it('makes no span and leaves events as they are', async () => {
    await startTracing({ service: 'test', endpoint: undefined, log: silent });
    expect(tracing()).toBe(false);
    expect(() => startSpan('any')).toThrow();
    expect(someEvent().envelope).not.toHaveProperty('traceparent');
    const { app, deliver, seen } = eventApp();
    expect(await (await app.request('/api/things/7')).json()).toEqual({ trace: null });
    await deliver(envelope({ traceparent: sampled }));
    expect(seen).toEqual([sampled]);
  });
});
