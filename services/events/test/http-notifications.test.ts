import type { PageMeta } from '@muster/contracts';
import type { Notification, Preference } from '@muster/contracts/http/events';
import { type TestDatabase, testDatabase, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { created, passwordChanged, registered, user } from './support/events.ts';
import { migrations, testService } from './support/service.ts';

let database: TestDatabase;
let service: ReturnType<typeof testService>;
const hr = user('hr');
const other = user('employee');
const base = '/api/notifications';

/** Any of this group's answers, loosely. */
interface Body extends Notification {
  data: Notification[] & Notification['data'];
  meta: PageMeta;
  preferences: Preference[];
  errors: unknown[];
}

const get = async (path: string, who = hr) => {
  const response = await service.request(`${base}${path}`, await tokenFor(who));
  return { status: response.status, body: (await response.json()) as Body };
};
const send = async (method: string, path: string, body: unknown, who = hr) => {
  const response = await service.request(`${base}${path}`, await tokenFor(who), {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Body };
};

beforeAll(async () => {
  database = await testDatabase({ folder: migrations });
  service = testService(database.sql);
  await service.deliver(registered(hr.id, 'hr'));
  await database.sql`delete from notifications`;
  await database.sql`delete from notification_feeds`;
  for (let n = 1; n <= 12; n++) await service.deliver(created(`Person ${n}`));
  await service.deliver(passwordChanged(other.id));
});
afterAll(() => database.drop());

describe('lists', () => {
  test('own notifications, newest first, a page at a time', async () => {
    const { status, body } = await get('?page=2&limit=5');
    expect(status).toBe(200);
    expect(body.meta).toEqual({ page: 2, limit: 5, total: 12, totalPages: 3 });
    expect(body.data.map((one: { seq: number }) => one.seq)).toEqual([7, 6, 5, 4, 3]);
    expect(body.data[0]).toMatchObject({
      type: 'employee.employee-created',
      title: 'Person 7 was added',
      isRead: false,
    });
  });

  test('isRead filters both ways, and a read one never shows among the unread', async () => {
    const { body } = await get('?limit=100');
    const [first, second] = body.data as { id: string }[];
    expect(await send('POST', '/mark-as-read', { notificationIds: [first?.id, second?.id, first?.id] })).toEqual({
      status: 200,
      body: { count: 2 },
    });
    const unread = await get('?isRead=false&limit=100');
    const read = await get('?isRead=true&limit=100');
    expect(unread.body.meta.total).toBe(10);
    expect(unread.body.data.some((one: { isRead: boolean }) => one.isRead)).toBe(false);
    expect(read.body.data.map((one: { id: string }) => one.id)).toEqual([first?.id, second?.id]);
    expect((await get('/unread-count')).body).toEqual({ count: 10 });
    expect((await get(`/${first?.id}`)).body).toMatchObject({ isRead: true, readAt: expect.stringMatching(/Z$/) });
    expect((await send('POST', '/mark-as-read', { notificationIds: [first?.id] })).body).toEqual({ count: 0 });
  });
});

test("somebody else's are not found, and spoil a request that names them", async () => {
  const foreign = (await get('', other)).body.data[0]?.id;
  const own = (await get('?isRead=false')).body.data[0]?.id;
  expect((await get(`/${foreign}`)).status).toBe(404);
  expect((await get(`/${v7()}`)).status).toBe(404);
  expect((await send('POST', '/mark-as-read', { notificationIds: [own, foreign] })).status).toBe(404);
  expect((await get(`/${own}`)).body.isRead).toBe(false);
  expect((await get(`/${foreign}`, other)).body.isRead).toBe(false);
});

test('mark-all-as-read counts what had been unread and touches nobody else', async () => {
  const { body } = await get('/unread-count');
  expect((await send('POST', '/mark-all-as-read', undefined)).body).toEqual(body);
  expect((await get('/unread-count')).body).toEqual({ count: 0 });
  expect((await get('/unread-count', other)).body).toEqual({ count: 1 });
});

describe('preferences', () => {
  test('are all on at first, set one by one, kept per user', async () => {
    const before = (await get('/preferences')).body.preferences;
    expect(before.length).toBeGreaterThan(10);
    expect(before.every(({ channels }) => channels.inApp && channels.live)).toBe(true);
    const change = { kind: 'employee.photo-updated', channels: { inApp: true, live: false } };
    const { status, body } = await send('PUT', '/preferences', { preferences: [change] });
    expect(status).toBe(200);
    expect(body.preferences).toContainEqual(change);
    expect((await get('/preferences')).body).toEqual(body);
    expect((await get('/preferences', other)).body.preferences).toEqual(before);
  });

  test.each([
    ['an unknown kind', [{ kind: 'no.such', channels: { inApp: true, live: true } }]],
    ['a kind twice', [1, 2].map(() => ({ kind: 'auth.password-changed', channels: { inApp: true, live: true } }))],
    [
      'a channel that is not there',
      [{ kind: 'auth.password-changed', channels: { inApp: true, live: true, fax: true } }],
    ],
  ])('refuse %s', async (_what, preferences) => {
    const { status, body } = await send('PUT', '/preferences', { preferences });
    expect(status).toBe(400);
    expect(body.errors.length).toBeGreaterThan(0);
  });
});

describe('refusals', () => {
  test.each([
    ['?isRead=maybe', 400],
    ['?page=0', 400],
    ['?limit=101', 400],
    ['?userId=1', 400],
    ['/not-an-id', 400],
  ])('GET %s', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  test.each([{}, { notificationIds: [] }, { notificationIds: ['x'] }, { notificationIds: [v7()], userId: v7() }])(
    'mark-as-read %j',
    async (body) => {
      expect((await send('POST', '/mark-as-read', body)).status).toBe(400);
    },
  );

  test('without a token, with a bad or expired one, and for a device', async () => {
    expect((await service.request(base)).status).toBe(401);
    expect((await service.request(base, 'nonsense')).status).toBe(401);
    expect((await service.request(base, await tokenFor(hr, { lifetimeS: -60 }))).status).toBe(401);
    expect((await get('', user('kiosk'))).status).toBe(403);
  });
});
