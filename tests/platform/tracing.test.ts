import { createApi, expectStatus, signIn } from '@muster/demo';
import { createPlatform, type Platform } from '@muster/dev-env';
import { type CollectedSpan, type Collector, startCollector } from '@muster/testing';
import { io } from 'socket.io-client';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { checkIn, newPerson } from '../src/people.ts';
import { world } from '../src/world.ts';

const hex = (): string => uuid().replaceAll('-', '');
const newTrace = (flags = '01') => {
  const traceId = hex();
  const spanId = hex().slice(-16);
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-${flags}` };
};

/** A way down the tree of spans: `service name` of each, from the first to the last. */
const way = [
  'gateway POST /api/attendance',
  'gateway invoke attendance',
  'attendance POST /api/attendance/check-in',
  'attendance check-in',
  'attendance outbox attendance.checked-in.v1',
  'attendance publish attendance',
  'events deliver attendance.checked-in.v1',
  'events socket presence',
];
const titleOf = ({ service, name }: CollectedSpan): string => `${service} ${name}`;

describe('a platform with a collector', () => {
  let collector: Collector;
  let platform: Platform;
  let api: ReturnType<typeof createApi>;
  beforeAll(async () => {
    collector = await startCollector();
    const env = {
      '*': { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100' },
      auth: { BCRYPT_COST: '4' },
    };
    platform = await createPlatform({ ports: 'free', env, bundles: process.env.MUSTER_BUNDLES === 'true' });
    await platform.start();
    api = createApi(platform.urls.platform);
  });
  afterAll(async () => {
    await api?.close();
    await platform?.stop();
    await collector?.close();
  });

  const ofTrace = (traceId: string): CollectedSpan[] => collector.spans.filter((span) => span.traceId === traceId);
  const withTitles = (traceId: string, titles: readonly string[]) =>
    eventually(`spans of ${titles.join(', ')}`, async () => {
      const spans = ofTrace(traceId);
      const found = titles.map((title) => spans.find((span) => titleOf(span) === title));
      return found.every((span) => span !== undefined) ? found : undefined;
    });

  async function register(headers: Record<string, string> = {}): Promise<{ token: string }> {
    const body = { email: `${uuid()}@tests.muster.example`, password: 'A-good-password-1', name: 'Test Person' };
    const answer = await api.call<{ accessToken: string }>('POST', '/api/auth/register', {
      body,
      headers,
      patience: 50,
    });
    return { token: expectStatus(answer, 201).accessToken };
  }
  const punch = (token: string, headers: Record<string, string> = {}) =>
    api.call('POST', '/api/attendance/check-in', { token, body: {}, headers });

  it('shows a check-in from the front door to the socket as one trace', async () => {
    const { accessToken } = await signIn(api, platform.admin.email, platform.admin.password);
    const socket = io(`${api.origin}/attendance`, { transports: ['websocket'], auth: { token: accessToken } });
    try {
      const told = new Promise((resolve) => socket.once('presence', resolve));
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      const { token } = await register();
      // Whoever verifies their first token asks for its key, and that would be in the trace as well.
      expectStatus(await api.call('GET', '/api/attendance/today', { token, patience: 50 }), 200);
      const trace = newTrace();
      expectStatus(await punch(token, { traceparent: trace.traceparent }), 201);
      await told;
      const spans = await withTitles(trace.traceId, way);
      expect(ofTrace(trace.traceId).map(titleOf).sort()).toEqual([...way].sort());
      const parents = [trace.spanId, ...spans.map(({ spanId }) => spanId)];
      expect(spans.map(({ parentSpanId }) => parentSpanId)).toEqual(parents.slice(0, way.length));
      expect(spans.map(({ failed }) => failed)).toEqual(way.map(() => false));
      expect(spans.map(({ kind }) => kind)).toEqual([2, 3, 2, 1, 1, 4, 5, 4]);
      expect(spans.at(-1)?.attributes['muster.sockets']).toBe(1);
      for (const { start, end } of spans) expect(end >= start).toBe(true);
    } finally {
      socket.close();
    }
  });

  it('goes on through an event that another service answers with one of its own', async () => {
    const trace = newTrace();
    await register({ traceparent: trace.traceparent });
    const [registered, published, answered] = await withTitles(trace.traceId, [
      'employee deliver auth.user-registered.v1',
      'auth publish auth',
      'employee outbox employee.employee-created.v1',
      'attendance deliver employee.employee-created.v1',
      'events deliver employee.employee-created.v1',
    ]);
    expect(registered?.parentSpanId).toBe(published?.spanId);
    expect(answered?.parentSpanId).toBe(registered?.spanId);
  });

  it('begins a trace where a client brings none, and keeps none that the client does not', async () => {
    const { token } = await register();
    const unkept = newTrace('00');
    expectStatus(await punch(token, { traceparent: unkept.traceparent }), 201);
    collector.spans.length = 0;
    const path = '/api/attendance/check-out';
    expectStatus(await api.call('POST', path, { token, body: {} }), 201);
    const root = await eventually('a root', async () =>
      collector.spans.find(
        (span) => titleOf(span) === 'gateway POST /api/attendance' && span.attributes['http.response.status_code'],
      ),
    );
    expect(root.parentSpanId).toBe('');
    await withTitles(root.traceId, ['attendance check-out', 'events deliver attendance.checked-out.v1']);
    expect(ofTrace(unkept.traceId)).toEqual([]);
  });
});

describe('a platform without a collector', () => {
  it('sends nothing anywhere and puts nothing into its events', async () => {
    const { sql, wouldBeCollector } = await world();
    const person = await newPerson();
    const { traceparent } = newTrace();
    expectStatus(await checkIn(person, uuid(), { traceparent }), 201);
    const payload = await eventually('the event was published and arrived', async () => {
      const [row] = await sql('attendance')<{ payload: Record<string, unknown> }[]>`
        select payload from outbox
        where confirmed_at is not null and payload->'data'->>'employeeId' = ${person.id}
      `;
      return row?.payload;
    });
    expect(payload).not.toHaveProperty('traceparent');
    expect(wouldBeCollector.connections()).toBe(0);
  });
});
