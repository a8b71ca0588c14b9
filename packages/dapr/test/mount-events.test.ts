import { AppError } from '@muster/contracts';
import { claimInbox, listDeadLetters, withTransaction } from '@muster/db';
import { createHttp } from '@muster/service-kit';
import { type TestDatabase, testDatabase } from '@muster/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EventTable, mountEvents } from '../src/index.ts';
import { appApiToken, envelope, silent } from './events.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/** Highest version seen per user: what a projection keeps. */
let versions: Map<string, number>;
let trouble: ((id: string) => Error | undefined) | undefined;
let others: string[];
let app: ReturnType<typeof createHttp>;

beforeEach(() => {
  versions = new Map();
  trouble = undefined;
  others = [];
  const handle: EventTable = {
    auth: {
      'auth.login-enabled.v1': async (event) => {
        const error = trouble?.(event.id);
        if (error) throw error;
        await withTransaction(db.sql, async (tx) => {
          if (!(await claimInbox(tx, 'attendance', [event.id])).has(event.id)) return;
          const { userId, version } = event.data;
          versions.set(userId, Math.max(versions.get(userId) ?? 0, version));
        });
      },
    },
    employee: {
      '*': async (event) => {
        others.push(event.type);
      },
    },
  };
  app = createHttp({ service: 'attendance', log: silent });
  mountEvents(app, { appId: 'attendance', appApiToken, handle, sql: db.sql, log: silent });
});

const headers = { 'dapr-api-token': appApiToken, 'content-type': 'application/cloudevents+json' };
const send = (path: string, body: unknown, method = 'POST') =>
  app.request(path, {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
const deliver = async (event: unknown, topic = 'auth') => {
  const answer = await send(`/events/${topic}`, event);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { status: string }).status;
};

describe('delivery', () => {
  it('subscribes to every topic of the table and to its own dead letters', async () => {
    expect(await (await send('/dapr/subscribe', undefined, 'GET')).json()).toEqual([
      { pubsubname: 'pubsub', topic: 'auth', route: '/events/auth', deadLetterTopic: 'attendance.dead' },
      { pubsubname: 'pubsub', topic: 'employee', route: '/events/employee', deadLetterTopic: 'attendance.dead' },
      { pubsubname: 'pubsub', topic: 'attendance.dead', route: '/events/dead' },
    ]);
  });

  it('a duplicate, one after another or at the same time, has one effect', async () => {
    const event = envelope();
    expect(await Promise.all([deliver(event), deliver(event), deliver(event)])).toEqual(Array(3).fill('SUCCESS'));
    expect(await deliver(event)).toBe('SUCCESS');
    expect([...versions.values()]).toEqual([1]);
  });

  it('reordered events leave the highest version', async () => {
    const userId = crypto.randomUUID();
    for (const version of [3, 1, 2]) await deliver(envelope({ data: { userId, version } }));
    expect(versions.get(userId)).toBe(3);
  });

  it('poison is tried five times and dropped, its neighbour passes', async () => {
    const [bad, good] = [envelope(), envelope()];
    trouble = (id) => (id === bad.id ? new TypeError('cannot') : undefined);
    const verdicts = [];
    for (let n = 0; n < 5; n += 1) verdicts.push(await deliver(bad), await deliver(good));
    expect(verdicts.filter((_, n) => n % 2 === 0)).toEqual(['RETRY', 'RETRY', 'RETRY', 'RETRY', 'DROP']);
    expect(verdicts.filter((_, n) => n % 2 === 1)).toEqual(Array(5).fill('SUCCESS'));
  });

  it.each([
    ['the database', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
    ['another service', new AppError('unavailable', 'away')],
    ['time', new AppError('timeout', 'late')],
  ])('an outage of %s is retried without end', async (_name, error) => {
    const event = envelope();
    trouble = () => error;
    for (let n = 0; n < 12; n += 1) expect(await deliver(event)).toBe('RETRY');
    trouble = undefined;
    expect(await deliver(event)).toBe('SUCCESS');
    expect(versions.size).toBe(1);
  });

  it.each([
    ['no JSON', '{"id":'],
    ['nothing', ''],
    ['no CloudEvent', { hello: 1 }],
    ['data that does not fit its type', { ...envelope(), data: { id: 1 } }],
    ['an id that is no UUID', envelope({ id: '7' })],
  ])('what can never be read is dropped at once: %s', async (_name, body) => {
    expect(await deliver(body)).toBe('DROP');
  });

  it('a type nobody handles is noted as arrived, whether we know it or not', async () => {
    const [known, unknown] = [
      envelope({ type: 'auth.login-disabled.v1', data: { reason: 'x' } }),
      envelope({ type: 'auth.x.v9' }),
    ];
    expect(await deliver(known)).toBe('SUCCESS');
    expect(await deliver(unknown)).toBe('SUCCESS');
    const stranger = crypto.randomUUID();
    const answer = await send('/internal/inbox/missing', { ids: [known.id, unknown.id, stranger] });
    expect(await answer.json()).toEqual({ missing: [stranger] });
  });

  it('"*" takes every type of its topic', async () => {
    expect(await deliver(envelope({ type: 'employee.something-new.v1' }), 'employee')).toBe('SUCCESS');
    expect(others).toEqual(['employee.something-new.v1']);
  });
});

describe('dead letters', () => {
  it('are parked with the reason, tried again in process, and gone when that works', async () => {
    const event = envelope();
    trouble = () => new TypeError('no such site');
    for (let n = 0; n < 5; n += 1) await deliver(event);
    expect(await deliver({ ...event, topic: 'attendance.dead' }, 'dead')).toBe('SUCCESS');
    expect(await deliver(event, 'dead')).toBe('SUCCESS');

    const list = (await (await send('/internal/dead-letters', undefined, 'GET')).json()) as {
      data: { id: string; eventId: string }[];
    };
    const letters = list.data.filter((letter) => letter.eventId === event.id);
    expect(letters).toEqual([
      expect.objectContaining({ topic: 'auth', type: event.type, reason: 'TypeError: no such site' }),
    ]);
    const path = `/internal/dead-letters/${letters[0]?.id}`;

    const again = await send(`${path}/retry`, undefined);
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ code: 'conflict', detail: expect.stringContaining('no such site') });
    expect((await listDeadLetters(db.sql)).find((letter) => letter.eventId === event.id)).toMatchObject({
      attempts: 1,
    });

    trouble = undefined;
    expect((await send(`${path}/retry`, undefined)).status).toBe(204);
    expect(versions.size).toBe(1);
    expect((await send(`${path}/retry`, undefined)).status).toBe(404);
  });

  it('keep what cannot be read, until it is given up', async () => {
    expect(await deliver('{"half":', 'dead')).toBe('SUCCESS');
    expect(await deliver({ id: 7, type: ['x'] }, 'dead')).toBe('SUCCESS');
    const letters = (await listDeadLetters(db.sql)).filter((letter) => letter.eventId === null);
    expect(letters).toHaveLength(2);
    for (const letter of letters) {
      expect((await send(`/internal/dead-letters/${letter.id}/retry`, undefined)).status).toBe(409);
      expect((await send(`/internal/dead-letters/${letter.id}`, undefined, 'DELETE')).status).toBe(204);
    }
    expect((await send('/internal/dead-letters/7', undefined, 'DELETE')).status).toBe(404);
  });

  it('a parked event is not missing', async () => {
    const event = envelope();
    await deliver(event, 'dead');
    expect(await (await send('/internal/inbox/missing', { ids: [event.id] })).json()).toEqual({ missing: [] });
  });
});

describe('only the sidecar', () => {
  it.each([
    ['GET', '/dapr/subscribe'],
    ['POST', '/events/auth'],
    ['POST', '/events/dead'],
    ['POST', '/internal/inbox/missing'],
    ['GET', '/internal/dead-letters'],
    ['POST', '/internal/dead-letters/x/retry'],
    ['DELETE', '/internal/dead-letters/x'],
  ])('%s %s', async (method, path) => {
    for (const token of [undefined, '', 'app-token-of-the-tesT', `${appApiToken}x`]) {
      const answer = await app.request(path, {
        method,
        headers: token === undefined ? {} : { 'dapr-api-token': token },
      });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'forbidden' });
    }
  });

  it('refuses to start without a token worth the name', () => {
    const o = { appId: 'attendance', appApiToken: '', handle: {}, sql: db.sql, log: silent } as const;
    expect(() => mountEvents(createHttp({ service: 'x', log: silent }), o)).toThrow(/APP_API_TOKEN/);
  });

  it('answers a bad question with 400', async () => {
    expect((await send('/internal/inbox/missing', '{')).status).toBe(400);
    expect((await send('/internal/inbox/missing', { ids: ['1'] })).status).toBe(400);
  });
});
