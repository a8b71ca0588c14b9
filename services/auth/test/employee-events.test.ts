import { newEvent } from '@muster/db';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admin, appApiToken, type Harness, password, startHarness } from './support/harness.ts';

let h: Harness;
beforeAll(async () => {
  h = await startHarness();
});
afterAll(() => h.stop());

const actor = { id: v7(), name: 'Hana', role: 'hr' as const };
const siteId = v7();
type User = { id: string; email: string; name: string };

function personEvent(user: User, version: number, change: { name?: string; workId?: string; gone?: boolean } = {}) {
  const before = {
    email: user.email,
    name: user.name,
    role: 'employee' as const,
    position: null,
    workId: null,
    department: null,
    siteId,
    managerId: null,
    hiredOn: null,
    status: 'active' as const,
  };
  const { gone = false, ...rest } = change;
  const after = { ...before, ...rest, status: gone ? ('deleted' as const) : ('active' as const) };
  const type = gone ? 'employee.employee-deleted.v1' : 'employee.employee-restored.v1';
  return newEvent(type, { version, occurredAt: h.now().toString(), actor, employeeId: user.id, before, after })
    .envelope;
}

const deliver = async (body: object): Promise<string> => {
  const headers = { 'dapr-api-token': appApiToken };
  return (await h.call('POST', '/events/employee', { body, headers })).body.status;
};
const user = async (id: string) => {
  const { accessToken } = await h.login(admin);
  return (await h.call('GET', `/api/users/${id}`, { token: accessToken })).body;
};
const about = async (id: string) =>
  (await h.events()).filter(({ subject, type }) => subject === id && type.includes('login-')).map(({ type }) => type);

describe('events of employee', () => {
  test('a deleted person’s login is disabled and its tokens end, once however often it comes', async () => {
    const session = await h.register('ann');
    const event = personEvent(session.user, 2, { gone: true });
    await h.warm();
    const verdicts = await Promise.all([deliver(event), deliver(event), deliver(event)]);
    expect(verdicts).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
    expect((await h.call('GET', '/api/auth/profile', { token: session.accessToken })).status).toBe(401);
    await expect(h.login({ email: 'ann@example.org', password })).rejects.toThrow('invalid_credentials');
    expect(await about(session.user.id)).toEqual(['auth.login-disabled.v1']);
    const [told] = await h.events('auth.login-disabled.v1');
    expect(told?.data).toMatchObject({ reason: 'person-deleted', actor: { name: 'Hana' } });
  });

  test('a restored person signs in again, unless an administrator said no', async () => {
    const one = await h.register('ben');
    await deliver(personEvent(one.user, 2, { gone: true }));
    await deliver(personEvent(one.user, 3));
    await h.login({ email: 'ben@example.org', password });
    expect(await about(one.user.id)).toEqual(['auth.login-disabled.v1', 'auth.login-enabled.v1']);

    const two = await h.register('bob');
    const { accessToken } = await h.login(admin);
    await h.call('PATCH', `/api/users/${two.user.id}`, { body: { active: false }, token: accessToken });
    await deliver(personEvent(two.user, 2, { gone: true }));
    await deliver(personEvent(two.user, 3));
    expect((await user(two.user.id)).active).toBe(false);
  });

  test('in any order the highest version wins', async () => {
    const orders = [
      [2, 3, 4],
      [4, 3, 2],
      [3, 4, 2],
      [4, 2, 3],
    ];
    for (const [i, order] of orders.entries()) {
      const session = await h.register(`order${i}`);
      const events = {
        2: personEvent(session.user, 2, { name: 'Second' }),
        3: personEvent(session.user, 3, { gone: true }),
        4: personEvent(session.user, 4, { name: 'Fourth', workId: 'W4' }),
      } as Record<number, object>;
      for (const version of order) expect(await deliver(events[version] ?? {})).toBe('SUCCESS');
      expect(await user(session.user.id)).toMatchObject({ name: 'Fourth', workId: 'W4', active: true });
      await h.login({ email: session.user.email, password });
    }
  });

  test('a person without a login, and news that are not for us, pass and are noted', async () => {
    const stranger = personEvent({ id: v7(), email: 'x@example.org', name: 'X' }, 1);
    expect(await deliver(stranger)).toBe('SUCCESS');
    const department = newEvent('employee.department-created.v1', {
      version: 1,
      occurredAt: h.now().toString(),
      actor,
      departmentId: v7(),
      after: { name: 'Ward' },
    }).envelope;
    expect(await deliver(department)).toBe('SUCCESS');
    const ids = [stranger.id, department.id, v7()];
    const headers = { 'dapr-api-token': appApiToken };
    const missing = await h.call('POST', '/internal/inbox/missing', { body: { ids }, headers });
    expect(missing.body).toEqual({ missing: [ids[2]] });
  });

  test('deleting the last administrator’s person locks nobody out', async () => {
    const { user: boss } = await h.login(admin);
    expect(await deliver(personEvent(boss, 2, { gone: true }))).toBe('SUCCESS');
    await h.login(admin);
  });

  test('poison is dropped, and only the sidecar delivers', async () => {
    expect(await deliver({ not: 'an event' })).toBe('DROP');
    const answer = await h.call('POST', '/events/employee', { body: {} });
    expect(answer.status).toBe(403);
  });

  test('the table subscribes to employee, and to its own dead letters', async () => {
    const headers = { 'dapr-api-token': appApiToken };
    const { body } = await h.call('GET', '/dapr/subscribe', { headers });
    expect(body.map(({ topic }: { topic: string }) => topic)).toEqual(['employee', 'auth.dead']);
  });
});
