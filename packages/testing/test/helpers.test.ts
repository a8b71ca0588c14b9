import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { fakeBus, fakeClock, redeliver, requestJson, testActor, testVerifier, tokenFor } from '../src/index.ts';

test('the clock moves only when told', () => {
  const clock = fakeClock('2026-03-29T00:30:00Z');
  clock.advance({ hours: 8 });
  expect(clock.now().toString()).toBe('2026-03-29T08:30:00Z');
  clock.set('2026-01-01T00:00:00Z');
  expect(clock.now().toString()).toBe('2026-01-01T00:00:00Z');
});

test('the verifier accepts the tokens, until they expire', async () => {
  const clock = fakeClock('2026-03-02T08:00:00Z');
  const verifier = testVerifier(clock);
  const actor = testActor({ role: 'manager' });
  const token = await tokenFor(actor, { issuedAt: clock.now() });
  expect(await verifier.verify(token)).toEqual(actor);
  clock.advance({ minutes: 16 });
  await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'unauthenticated' });
  const foreign = await tokenFor(actor, { issuedAt: clock.now(), audience: 'other' });
  await expect(verifier.verify(foreign)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('requests carry token and body, answers come parsed', async () => {
  const app = new Hono()
    .post('/echo', async (c) => c.json({ auth: c.req.header('authorization'), got: await c.req.json() }, 201))
    .get('/text', (c) => c.text('plain'))
    .delete('/none', (c) => c.body(null, 204));
  const echo = await requestJson(app, 'POST', '/echo', { token: 't', body: { a: 1 } });
  expect(echo).toMatchObject({ status: 201, body: { auth: 'Bearer t', got: { a: 1 } } });
  expect((await requestJson(app, 'GET', '/text')).body).toBe('plain');
  expect(await requestJson(app, 'DELETE', '/none')).toMatchObject({ status: 204, body: undefined });
});

test('an event is delivered as often as asked, with copies of its own', async () => {
  const seen: object[] = [];
  const event = { id: 'a' };
  await redeliver(async (copy) => void seen.push(copy), event, 4);
  expect(seen).toEqual([event, event, event, event]);
  expect(seen).not.toContain(event);
});

test('the bus keeps what was sent, refuses what it is told to, and can be away', async () => {
  const bus = fakeBus();
  const envelope = (id: string, type: string) => ({
    specversion: '1.0' as const,
    id,
    source: 'muster/auth',
    type,
    time: '2026-03-02T08:00:00Z',
    datacontenttype: 'application/json' as const,
    data: { id },
  });
  bus.refused.add('b');
  const { failed } = await bus.publish('auth', [envelope('a', 'one'), envelope('b', 'one'), envelope('c', 'two')]);
  expect([...failed.keys()]).toEqual(['b']);
  expect(bus.dataOf('one')).toEqual([{ id: 'a' }]);
  bus.away = true;
  await expect(bus.publish('auth', [envelope('d', 'one')])).rejects.toThrow('away');
  bus.relay.wake();
  expect(bus.relay.wakes).toBe(1);
});
