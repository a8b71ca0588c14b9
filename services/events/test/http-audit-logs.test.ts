import type { AuditEntry } from '@muster/contracts/http/events';
import { type TestDatabase, testDatabase, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkedIn, created, registered, user } from './support/events.ts';
import { migrations, testService } from './support/service.ts';

let database: TestDatabase;
let service: ReturnType<typeof testService>;
const admin = user('admin');
const someone = v7();
const base = '/api/audit-logs';
// Half past midnight of the 3rd in Berlin.
const now = Temporal.Instant.from('2026-03-02T23:30:00Z');

/** Any of this group's answers, loosely. */
interface Body extends AuditEntry {
  data: AuditEntry[] & NonNullable<AuditEntry['data']>;
  meta: { nextCursor: string | null };
}

const get = async (path: string, who = admin) => {
  const response = await service.request(`${base}${path}`, await tokenFor(who));
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (text.startsWith('{') ? safe(text) : {}) as Body,
  };
};
const safe = (text: string) => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

const punches = [
  // The 3rd of March in Berlin, still the 2nd in UTC.
  checkedIn(someone, { occurredAt: '2026-03-02T23:05:00.123456Z' }),
  checkedIn(someone, { occurredAt: '2026-03-02T23:05:00.123Z' }),
  checkedIn(v7(), { occurredAt: '2026-03-02T22:59:59Z' }),
  checkedIn(v7(), { occurredAt: '2026-02-01T08:00:00+01:00' }),
];

beforeAll(async () => {
  database = await testDatabase({ folder: migrations });
  service = testService(database.sql, { zone: 'Europe/Berlin', clock: { now: () => now } });
  for (const event of punches) await service.deliver(event);
  const old = { ...created('=HYPERLINK("http://x")'), id: v7() };
  old.data = { ...old.data, occurredAt: '2026-01-05T10:00:00Z', actor: { id: v7(), name: '=cmd|calc', role: 'hr' } };
  await service.deliver(old);
  for (let n = 0; n < 30; n++) await service.deliver(checkedIn(v7(), { occurredAt: '2026-01-01T00:00:00Z' }));
});
afterAll(() => database.drop());

describe('reading', () => {
  test('pages by cursor: every entry once, newest first, entries of one instant too', async () => {
    const seen: string[] = [];
    const times: string[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 20; pages++) {
      const { status, body } = await get(`?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(status).toBe(200);
      seen.push(...body.data.map((entry: { id: string }) => entry.id));
      times.push(...body.data.map((entry: { occurredAt: string }) => entry.occurredAt));
      cursor = body.meta.nextCursor;
    }
    expect(seen).toHaveLength(35);
    expect(new Set(seen).size).toBe(35);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test.each([
    [`userId=${someone}`, 2],
    [`entityId=${someone}`, 2],
    [`entityId=${punches[2]?.data.attendanceId}`, 1],
    ['eventType=employee.employee-created', 1],
    ['eventType=no.such', 0],
    // Days are the default site's: from Berlin's midnight, to included.
    ['from=2026-03-03', 2],
    ['from=2026-03-02&to=2026-03-02', 1],
    ['from=2026-02-01T07:00:00Z&to=2026-02-01T07:00:00.001Z', 1],
    ['from=2026-02-01T07:00:00Z&to=2026-02-01T07:00:00Z', 0],
    ['to=0000-01-01', 0],
    ['from=9999-12-31T23:59:59.99999999999Z', 0],
    [`userId=${someone}&eventType=attendance.checked-in&from=2026-03-01&to=2026-03-04&limit=100`, 2],
  ])('filters by %s', async (query, count) => {
    const { status, body } = await get(`?${query}`);
    expect(status).toBe(200);
    expect(body.data).toHaveLength(count);
  });

  test('one entry by the id of its event, with the data as sent', async () => {
    const [event] = punches;
    const { status, body } = await get(`/${event?.id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      eventType: 'attendance.checked-in',
      occurredAt: '2026-03-02T23:05:00.123Z',
      userId: someone,
      entityType: 'attendance',
      entityId: event?.data.attendanceId,
      actor: { name: 'Ada' },
      data: event?.data,
      erased: false,
    });
    expect((await get(`/${v7()}`)).status).toBe(404);
  });

  test("statistics: today is the default site's day", async () => {
    const { body } = await get('/stats');
    expect(body).toEqual({
      total: 35,
      today: 2,
      byEventType: [
        { eventType: 'attendance.checked-in', count: 34 },
        { eventType: 'employee.employee-created', count: 1 },
      ],
    });
  });

  test('verification', async () => {
    expect((await get('/verify')).body).toMatchObject({ ok: true, entries: 35, head: { seq: 35 } });
  });
});

describe('export', () => {
  test('CSV: every matching entry, nothing a spreadsheet would run', async () => {
    const { status, headers, text } = await get('/export');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(headers.get('content-disposition')).toContain('audit-log.csv');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(36);
    expect(lines[0]).toMatch(/^seq,id,eventType/);
    expect(text).toContain(",'=cmd|calc,");
    expect(text).not.toMatch(/(^|,)"?[=+@]/m);
  });

  test('JSON lines: filtered, each line an entry; after an erasure too', async () => {
    const { text } = await get(`/export?format=jsonl&userId=${someone}`);
    const entries = text.trimEnd().split('\n').map(safe);
    expect(entries.map((entry) => entry.userId)).toEqual([someone, someone]);
    await database.sql`update audit_entries set payload = null, salt = null where id = ${entries[0].id}`;
    const again = (await get(`/export?format=jsonl&userId=${someone}`)).text.trimEnd().split('\n').map(safe);
    expect(again[0]).toMatchObject({ id: entries[0].id, erased: true, data: null, actor: null });
    expect((await get('/export?eventType=no.such&format=jsonl')).text).toBe('');
  });

  test('more than one batch, in order', async () => {
    await Promise.all(Array.from({ length: 2100 }, () => service.recorder.add(checkedIn())));
    const { text } = await get('/export?format=jsonl&eventType=attendance.checked-in');
    const seqs = text
      .trimEnd()
      .split('\n')
      .map((line) => safe(line).seq as number);
    expect(new Set(seqs).size).toBe(2134);
  });
});

describe('refusals', () => {
  test.each([
    '?cursor=x',
    '?cursor=MTIz',
    '?limit=0',
    '?userId=me',
    '?from=yesterday',
    '?from=2026-02-30',
    '?eventType=',
    '?unknown=1',
    '/export?format=xml',
    '/export?limit=5',
    '/not-an-id',
  ])('GET %s is a 400', async (path) => {
    expect((await get(path)).status).toBe(400);
  });

  test.each(['', '/stats', '/verify', '/export', `/${v7()}`])('GET %s is for admins only', async (path) => {
    for (const role of ['hr', 'manager', 'employee', 'kiosk', 'teacher'] as const) {
      expect((await get(path, user(role))).status).toBe(403);
    }
    expect((await service.request(`${base}${path}`)).status).toBe(401);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is not for a log', async (method) => {
    const response = await service.request(base, await tokenFor(admin), { method });
    expect([404, 405]).toContain(response.status);
  });
});

test('the inbox tells a producer what never came', async () => {
  const missing = registered(v7(), 'employee').id;
  const [known] = punches;
  const response = await service.app.request('/internal/inbox/missing', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'dapr-api-token': 'token-of-the-sidecar' },
    body: JSON.stringify({ ids: [known?.id, missing] }),
  });
  expect(await response.json()).toEqual({ missing: [missing] });
});
