import { type EventEnvelope, systemActor } from '@muster/contracts';
import { createPool } from '@muster/db';
import { silentLog, type TestDatabase, testDatabase } from '@muster/testing';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordEvents } from '../src/verbs/record-events.ts';
import { verifyAudit } from '../src/verbs/verify-audit.ts';
import { checkedIn, created, envelope, passwordChanged, person, registered } from './support/events.ts';
import { migrations, testService } from './support/service.ts';

let database: TestDatabase;
let service: ReturnType<typeof testService>;
const admin = { id: v7(), role: 'admin' as const, name: 'Root', email: 'r@muster.local', sessionId: v7() };

beforeAll(async () => {
  database = await testDatabase({ folder: migrations });
});
beforeEach(() => {
  service = testService(database.sql);
});
afterAll(() => database.drop());

const entriesOf = (ids: string[]) =>
  database.sql<{ id: string; seq: number; event_type: string; payload: string }[]>`
    select id, seq, event_type, payload from audit_entries where id = any(${ids}::uuid[]) order by seq
  `;

const siteSnapshot = { name: 'North', zone: 'UTC', geofence: null, ipAllowList: [] };
const userId = v7();
const employeeId = v7();
const everyType: EventEnvelope[] = [
  registered(userId, 'employee'),
  envelope('auth.login-opened.v1', { userId, after: { email: 'a@b.de', name: 'A', role: 'employee' } }),
  envelope('auth.login-disabled.v1', { userId, reason: 'left' }),
  envelope('auth.login-enabled.v1', { userId }),
  envelope('auth.user-logged-in.v1', { userId, sessionId: v7() }),
  envelope('auth.sign-in-failed.v1', { emailHint: 'a***@b.de', reason: 'unknown' }),
  passwordChanged(userId),
  envelope('auth.user-role-changed.v1', {
    userId,
    before: { role: 'employee' },
    after: { email: 'a@b.de', name: 'A', role: 'hr' },
  }),
  envelope('auth.user-deleted.v1', { userId, before: { email: 'a@b.de', name: 'A', role: 'hr' } }),
  envelope('auth.session-revoked.v1', { userId, sessionIds: [v7()], reason: 'logout' }),
  created('Ada', employeeId),
  envelope('employee.employee-updated.v1', {
    employeeId,
    before: person(),
    after: person('Bea'),
    changedFields: ['name'],
  }),
  envelope('employee.employee-deleted.v1', { employeeId, before: person(), after: person() }),
  envelope('employee.employee-restored.v1', { employeeId, before: person(), after: person() }),
  envelope('employee.profile-updated.v1', { employeeId, before: person(), after: person(), changedFields: [] }),
  envelope('employee.photo-updated.v1', { employeeId, photoVersion: 'v2' }),
  envelope('employee.photo-removed.v1', { employeeId }),
  envelope('employee.site-created.v1', { siteId: v7(), after: siteSnapshot }),
  envelope('employee.site-updated.v1', { siteId: v7(), before: siteSnapshot, after: siteSnapshot }),
  envelope('employee.site-deleted.v1', { siteId: v7(), before: siteSnapshot }),
  envelope('employee.department-created.v1', { departmentId: v7(), after: { name: 'IT' } }),
  envelope('employee.department-updated.v1', { departmentId: v7(), before: { name: 'IT' }, after: { name: 'Tech' } }),
  envelope('employee.department-deleted.v1', { departmentId: v7(), before: { name: 'IT' } }),
  checkedIn(employeeId),
  envelope('attendance.checked-out.v1', {
    attendanceId: v7(),
    employeeId,
    siteId: v7(),
    date: '2026-03-02',
    zone: 'UTC',
    checkInAt: '2026-03-02T08:00:00Z',
    checkOutAt: '2026-03-02T16:00:00Z',
    source: 'web',
    workedMinutes: 480,
  }),
];

describe('every event leaves one audit entry', () => {
  test('of each type, however often and in whatever order it is delivered', async () => {
    const deliveries = [...everyType, ...everyType.toReversed(), ...everyType];
    const verdicts = await Promise.all(deliveries.map(service.deliver));
    expect(new Set(verdicts)).toEqual(new Set(['SUCCESS']));
    const entries = await entriesOf(everyType.map((event) => event.id));
    expect(entries.map((entry) => entry.event_type).toSorted()).toEqual(
      everyType.map((event) => event.type.replace(/\.v1$/, '')).toSorted(),
    );
  });

  test('delivered to two processes at once, with an unbroken sequence', async () => {
    const other = testService(database.sql);
    const events = Array.from({ length: 200 }, () => checkedIn());
    await Promise.all(events.flatMap((event) => [service.deliver(event), other.deliver(event)]));
    expect(await entriesOf(events.map((event) => event.id))).toHaveLength(events.length);
    const [range] = await database.sql`select count(*) as n, min(seq) as low, max(seq) as high from audit_entries`;
    expect([range?.low, range?.high]).toEqual([1, range?.n]);
    expect(await verifyAudit(service.deps, admin)).toMatchObject({ ok: true });
  });

  test('of a type this build does not know, with what looks secret taken out', async () => {
    const event = { ...checkedIn(), type: 'attendance.badge-lost.v1' };
    event.data = { ...event.data, badge: { apiToken: 'abc', colour: 'red' }, passwordHash: '$2b$10$x' };
    expect(await service.deliver(event)).toBe('SUCCESS');
    const [entry] = await entriesOf([event.id]);
    expect(entry?.event_type).toBe('attendance.badge-lost');
    expect(entry?.payload).toContain('"colour":"red"');
    expect(entry?.payload).not.toMatch(/abc|\$2b/);
  });

  test('without the fields a producer put beside the schema', async () => {
    const event = registered(v7(), 'employee');
    event.data = { ...event.data, password: 'Secret-1', passwordHash: '$2b$10$abc' };
    expect(await service.deliver(event)).toBe('SUCCESS');
    const [entry] = await entriesOf([event.id]);
    expect(entry?.payload).not.toMatch(/Secret-1|\$2b/);
  });

  test('and one bad event of a flight never fails its neighbours', async () => {
    const good = Array.from({ length: 20 }, () => checkedIn());
    // Nothing that parses fails in the database, so make one fail there.
    const bad = { ...checkedIn(), type: 'attendance.broken\u0000.v1' };
    const results = await Promise.allSettled([...good, bad].map((event) => service.recorder.add(event)));
    expect(results.map((result) => result.status)).toEqual([...good.map(() => 'fulfilled'), 'rejected']);
    expect(await entriesOf(good.map((event) => event.id))).toHaveLength(good.length);
  });

  test('nothing of a flight stays when its transaction fails', async () => {
    const event = created();
    const signer = {
      ...service.deps.signer,
      sign: () => {
        throw new Error('no key');
      },
    };
    await expect(recordEvents({ ...service.deps, signer }, [event])).rejects.toThrow('no key');
    expect(await entriesOf([event.id])).toHaveLength(0);
    expect(await service.deliver(event)).toBe('SUCCESS');
    expect(await entriesOf([event.id])).toHaveLength(1);
  });
});

test('an event that comes again after the inbox forgot it changes nothing', async () => {
  const events = [checkedIn(), created()];
  await Promise.all(events.map(service.deliver));
  await database.sql`delete from inbox`;
  expect(await Promise.all([...events, checkedIn()].map(service.deliver))).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
  expect(await entriesOf(events.map((event) => event.id))).toHaveLength(2);
});

test('while somebody holds the log, or the database is too slow, events wait and none is given up', async () => {
  const slow = await database.sql.reserve();
  await slow`begin`;
  await slow`select from audit_head for update`;
  const hasty = createPool({ url: database.url, applicationName: 'test', log: silentLog, lockTimeoutMs: 20 });
  const patient = createPool({ url: database.url, applicationName: 'test', log: silentLog, statementTimeoutMs: 20 });
  const event = checkedIn();
  for (const sql of [hasty, patient]) {
    const waiting = testService(sql);
    for (let n = 0; n < 7; n++) expect(await waiting.deliver(event)).toBe('RETRY');
  }
  await slow`rollback`;
  slow.release();
  expect(await service.deliver(event)).toBe('SUCCESS');
  expect(await entriesOf([event.id])).toHaveLength(1);
  await Promise.all([hasty.end(), patient.end()]);
});

test('what cannot be parsed goes to the dead letters, and strangers are refused', async () => {
  const send = (token: string, body: string) =>
    service.app.request('/events/auth', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'dapr-api-token': token },
      body,
    });
  expect(await (await send('token-of-the-sidecar', '{"no":"event"}')).json()).toEqual({ status: 'DROP' });
  expect((await send('wrong-token-here', '{}')).status).toBe(403);
  expect((await service.app.request('/dapr/subscribe')).status).toBe(403);
});

test('columns are searchable: who, what, about whom', async () => {
  const kiosk = { id: v7(), name: 'Gate 1', role: 'kiosk' as const };
  const byKiosk = checkedIn();
  byKiosk.data.actor = kiosk;
  const failed = envelope('auth.sign-in-failed.v1', {
    userId,
    emailHint: 'a***',
    reason: 'password',
    actor: systemActor,
  });
  await Promise.all([byKiosk, failed].map(service.deliver));
  const rows = await database.sql`
    select event_type, user_id, entity_type, entity_id, person_id from audit_entries
    where id = any(${[byKiosk.id, failed.id]}::uuid[]) order by event_type
  `;
  expect(rows).toEqual([
    {
      event_type: 'attendance.checked-in',
      user_id: kiosk.id,
      entity_type: 'attendance',
      entity_id: byKiosk.data.attendanceId,
      person_id: byKiosk.data.employeeId,
    },
    { event_type: 'auth.sign-in-failed', user_id: userId, entity_type: 'user', entity_id: userId, person_id: null },
  ]);
});
