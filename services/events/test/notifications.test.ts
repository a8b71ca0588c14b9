import type { Role } from '@muster/contracts';
import { type TestDatabase, testDatabase } from '@muster/testing';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setPreferences } from '../src/verbs/set-preferences.ts';
import { checkedIn, created, envelope, passwordChanged, person, registered } from './support/events.ts';
import { migrations, testService } from './support/service.ts';

let database: TestDatabase;
let service: ReturnType<typeof testService>;
const ids = { admin: v7(), hr: v7(), manager: v7(), employee: v7() };

beforeEach(async () => {
  database = await testDatabase({ folder: migrations });
  service = testService(database.sql);
  await Promise.all(
    (Object.keys(ids) as (keyof typeof ids)[]).map((role) => service.deliver(registered(ids[role], role))),
  );
  // What the set-up told them is not what the tests look at.
  await database.sql`delete from notifications`;
  await database.sql`delete from notification_feeds`;
});
afterEach(() => database.drop());

const toldOf = async (type: string): Promise<string[]> => {
  const rows = await database.sql<{ user_id: string }[]>`select user_id from notifications where type = ${type}`;
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  return rows.map((row) => names.get(row.user_id) ?? row.user_id).toSorted();
};
const actor = (role: Role, id: string) => ({ id, role, name: role, email: `${role}@muster.local`, sessionId: v7() });
const roleChanged = (userId: string, version: number, role: Role) =>
  envelope('auth.user-role-changed.v1', {
    userId,
    version,
    before: { role: 'employee' },
    after: { email: 'a@b.de', name: 'A', role },
  });

test('who is told of what', async () => {
  const employeeId = v7();
  const staff = [
    registered(v7(), 'employee'),
    created('Eve', employeeId),
    envelope('employee.employee-updated.v1', {
      employeeId,
      before: person(),
      after: person(),
      changedFields: ['name'],
    }),
    envelope('employee.employee-deleted.v1', { employeeId, before: person(), after: person() }),
    envelope('employee.photo-updated.v1', { employeeId, photoVersion: 'v' }),
    envelope('employee.department-created.v1', { departmentId: v7(), after: { name: 'IT' } }),
  ];
  const nobody = [
    checkedIn(ids.employee),
    envelope('auth.user-logged-in.v1', { userId: ids.admin, sessionId: v7() }),
    envelope('auth.sign-in-failed.v1', { userId: ids.admin, emailHint: 'a***', reason: 'password' }),
  ];
  await Promise.all([...staff, ...nobody, passwordChanged(ids.employee), ...staff].map(service.deliver));
  await service.deliver(roleChanged(ids.manager, 2, 'employee'));
  for (const event of staff) expect(await toldOf(event.type.replace('.v1', ''))).toEqual(['admin', 'hr']);
  for (const event of nobody) expect(await toldOf(event.type.replace('.v1', ''))).toEqual([]);
  expect(await toldOf('auth.password-changed')).toEqual(['employee']);
  expect(await toldOf('auth.user-role-changed')).toEqual(['manager']);
  const wrongCode = { userId: ids.employee, emailHint: 'e***', reason: 'wrong-second-factor' };
  await service.deliver(envelope('auth.sign-in-failed.v1', wrongCode));
  expect(await toldOf('auth.sign-in-failed')).toEqual(['employee']);
});

test('it tells names and who did it, never what else an event carries', async () => {
  const event = created('Eve');
  event.data.actor = { id: ids.hr, name: 'Harriet', role: 'hr', ip: '10.0.0.9', userAgent: 'curl' };
  await service.deliver(event);
  const [row] = await database.sql`select title, data from notifications where user_id = ${ids.admin}`;
  expect(row).toMatchObject({ title: 'Eve was added', data: { name: 'Eve', actor: { id: ids.hr, name: 'Harriet' } } });
  expect(JSON.stringify(row)).not.toMatch(/10\.0\.0\.9|curl|eve@muster/);
});

test('a name that Postgres cannot hold as text makes no event poison', async () => {
  expect(await service.deliver(created('E\u0000ve'))).toBe('SUCCESS');
  expect(await toldOf('employee.employee-created')).toEqual(['admin', 'hr']);
});

test('recipients follow roles and activity, in whatever order the events come', async () => {
  const late = v7();
  await service.deliver(roleChanged(late, 3, 'hr'));
  await service.deliver(roleChanged(late, 2, 'employee'));
  await service.deliver(registered(late, 'employee', 1));
  await service.deliver(envelope('auth.login-disabled.v1', { userId: ids.hr, version: 4, reason: 'leave' }));
  await service.deliver(envelope('auth.login-enabled.v1', { userId: ids.hr, version: 3 }));
  const gone = v7();
  await service.deliver(
    envelope('auth.user-deleted.v1', {
      userId: gone,
      version: 2,
      before: { email: 'a@b.de', name: 'A', role: 'admin' },
    }),
  );
  await service.deliver(registered(gone, 'admin', 1));
  await service.deliver(created());
  expect(await toldOf('employee.employee-created')).toEqual(['admin', late].toSorted());
});

test('events of one flight count for the recipients of that flight', async () => {
  const promoted = v7();
  await Promise.all(
    [registered(promoted, 'employee', 1), roleChanged(promoted, 2, 'hr'), created()].map(service.deliver),
  );
  expect(await toldOf('employee.employee-created')).toContain(promoted);
});

test('each recipient has one sequence without gaps, under two processes and repetition', async () => {
  const other = testService(database.sql);
  const events = Array.from({ length: 60 }, () => created());
  const mine = Array.from({ length: 20 }, () => passwordChanged(ids.employee));
  const bad = { ...created(), type: 'employee.broken\u0000.v1' };
  await Promise.allSettled([
    ...[...events, ...mine].flatMap((event) => [service.deliver(event), other.deliver(event)]),
    service.recorder.add(bad),
  ]);
  for (const [userId, expected] of [
    [ids.admin, 60],
    [ids.hr, 60],
    [ids.employee, 20],
  ] as const) {
    const rows = await database.sql<
      { seq: number }[]
    >`select seq from notifications where user_id = ${userId} order by seq`;
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: expected }, (_, index) => index + 1));
  }
});

test('preferences decide per kind: nothing at all, or not over the socket', async () => {
  const kind = 'employee.employee-created';
  await setPreferences(service.deps, actor('admin', ids.admin), {
    preferences: [{ kind, channels: { inApp: false, live: true } }],
  });
  await setPreferences(service.deps, actor('hr', ids.hr), {
    preferences: [{ kind, channels: { inApp: true, live: false } }],
  });
  await service.deliver(created());
  await service.deliver(registered(v7(), 'employee'));
  const rows = await database.sql`select user_id, type, seq, live from notifications order by user_id, seq`;
  const byUser = (userId: string) =>
    rows.filter((row) => row.user_id === userId).map(({ type, seq, live }) => [type, seq, live]);
  expect(byUser(ids.admin)).toEqual([['auth.user-registered', 1, true]]);
  expect(byUser(ids.hr)).toEqual([
    [kind, 1, false],
    ['auth.user-registered', 2, true],
  ]);
});
