import type { EventDraft } from '@muster/contracts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHarness, defaultSite, type Harness } from './support/harness.ts';
import { somebody } from './support/people.ts';

let on: Harness;
beforeAll(async () => {
  on = await createHarness();
});
afterAll(() => on.drop());

let count = 0;
const newUser = () => {
  count += 1;
  return { userId: v7(), email: `user${count}@example.org` };
};
type User = ReturnType<typeof newUser>;
const base = (user: User, version: number) => ({
  version,
  occurredAt: '2026-03-02T08:00:00Z',
  actor: { id: user.userId, name: 'Reg', role: 'employee' as const },
  userId: user.userId,
});
type Registered = EventDraft<'auth.user-registered.v1'>['after'];
const registered = (user: User, more: Partial<Registered> = {}) =>
  on.event('auth.user-registered.v1', {
    ...base(user, 1),
    after: { email: user.email, name: 'Reg', role: 'employee', ...more },
  });
const roleChanged = (user: User, version: number, role: 'manager' | 'hr' | 'employee') =>
  on.event('auth.user-role-changed.v1', {
    ...base(user, version),
    before: { role: 'employee' },
    after: { email: user.email, name: 'Reg', role },
  });
const deleted = (user: User, version: number) =>
  on.event('auth.user-deleted.v1', {
    ...base(user, version),
    before: { email: user.email, name: 'Reg', role: 'employee' },
  });
const person = async ({ userId }: User) => on.ask('GET', `/api/employees/${userId}`, { as: on.admin });
const toldOf = async ({ userId }: User) =>
  (await on.published())
    .filter((event) => (event.data as { employeeId?: string }).employeeId === userId)
    .map((event) => `${event.type} ${event.data.version}`);
const deliver = async (event: ReturnType<typeof registered>): Promise<string> => (await on.deliver(event)).body.status;

describe('auth.user-registered', () => {
  it('makes a person of the same id at the default site, once', async () => {
    const user = newUser();
    const event = registered(user, { position: 'Cook', phone: '123', workId: 'R-1', workLocation: 'Berlin' });
    expect(await deliver(event)).toBe('SUCCESS');
    expect(await deliver(event)).toBe('SUCCESS');
    expect((await person(user)).body).toMatchObject({
      id: user.userId,
      siteId: defaultSite.id,
      position: 'Cook',
      workId: 'R-1',
      role: 'employee',
      version: 1,
    });
    expect(await toldOf(user)).toEqual(['employee.employee-created.v1 1']);
    const own = await on.ask('GET', '/api/profile', { as: somebody('employee', { id: user.userId }) });
    expect(own.status).toBe(200);
  });

  it('delivered eight times at once makes one', async () => {
    const user = newUser();
    const event = registered(user);
    expect(await Promise.all(Array.from({ length: 8 }, () => deliver(event)))).toEqual(Array(8).fill('SUCCESS'));
    expect(await toldOf(user)).toHaveLength(1);
  });

  it('told again as another event changes nothing', async () => {
    const user = newUser();
    await deliver(registered(user));
    await deliver(registered(user));
    expect(await toldOf(user)).toHaveLength(1);
  });

  it('a work id that is taken is left out, not the person', async () => {
    const users = [newUser(), newUser(), newUser()];
    await Promise.all(users.map((user) => deliver(registered(user, { workId: 'R-2' }))));
    const workIds = await Promise.all(users.map(async (user) => (await person(user)).body.workId));
    expect(workIds.sort()).toEqual(['R-2', null, null]);
  });

  it('an address that auth gave away anew leaves the older person', async () => {
    const old = newUser();
    await deliver(registered(old));
    const heir = { userId: v7(), email: old.email };
    expect(await deliver(registered(heir))).toBe('SUCCESS');
    expect((await person(old)).body.isDeleted).toBe(true);
    expect((await person(heir)).body.isDeleted).toBe(false);
    expect(await deliver(deleted(old, 5))).toBe('SUCCESS');
    expect(await toldOf(old)).toEqual(['employee.employee-created.v1 1', 'employee.employee-deleted.v1 2']);
  });

  it('beats a creation under way for the same address', async () => {
    const user = newUser();
    const { promise: goOn, resolve } = Promise.withResolvers<void>();
    const { promise: reached, resolve: arrived } = Promise.withResolvers<void>();
    on.auth.onOpen = async () => {
      arrived();
      await goOn;
    };
    const body = { email: user.email, name: 'N', position: 'P' };
    const creating = on.ask('POST', '/api/employees', { as: on.hr, body });
    await reached;
    on.auth.onOpen = undefined;
    expect(await deliver(registered(user))).toBe('SUCCESS');
    resolve();
    expect((await creating).status).toBe(503);
    expect((await person(user)).status).toBe(200);
  });
});

describe('auth.user-role-changed', () => {
  it('changes the person’s role, with a version and an event', async () => {
    const user = newUser();
    await deliver(registered(user));
    await deliver(roleChanged(user, 2, 'manager'));
    await deliver(roleChanged(user, 2, 'manager'));
    expect((await person(user)).body).toMatchObject({ role: 'manager', version: 2 });
    expect(await toldOf(user)).toEqual(['employee.employee-created.v1 1', 'employee.employee-updated.v1 2']);
  });

  it('the highest version wins, whichever comes last', async () => {
    const user = newUser();
    await deliver(registered(user));
    await deliver(roleChanged(user, 4, 'hr'));
    await deliver(roleChanged(user, 3, 'manager'));
    expect((await person(user)).body.role).toBe('hr');
  });

  it('before the registration it is kept for then', async () => {
    const user = newUser();
    await deliver(roleChanged(user, 2, 'manager'));
    expect((await person(user)).status).toBe(404);
    await deliver(registered(user));
    expect((await person(user)).body).toMatchObject({ role: 'manager', version: 1 });
  });

  it('during a creation it counts from the start', async () => {
    const email = 'promoted@example.org';
    on.auth.onOpen = async ({ id }) => {
      on.auth.onOpen = undefined;
      expect(await deliver(roleChanged({ userId: id, email }, 2, 'manager'))).toBe('SUCCESS');
    };
    expect((await on.hire({ email })).role).toBe('manager');
  });

  it('of a deleted person is kept for its return', async () => {
    const { id, email } = await on.hire();
    const user = { userId: id, email };
    await on.ask('DELETE', `/api/employees/${id}`, { as: on.hr });
    await deliver(roleChanged(user, 3, 'manager'));
    expect((await on.ask('POST', `/api/employees/${id}/restore`, { as: on.hr })).body.role).toBe('manager');
  });
});

describe('auth.user-deleted', () => {
  it('deletes the person, for good', async () => {
    const user = newUser();
    await deliver(registered(user));
    await deliver(deleted(user, 2));
    await deliver(deleted(user, 2));
    expect((await person(user)).body).toMatchObject({ isDeleted: true, version: 2 });
    const restored = await on.ask('POST', `/api/employees/${user.userId}/restore`, { as: on.admin });
    expect([restored.status, restored.body.code]).toEqual([409, 'conflict']);
  });

  it('before the registration nobody appears', async () => {
    const user = newUser();
    await deliver(deleted(user, 2));
    await deliver(registered(user));
    expect((await person(user)).status).toBe(404);
    expect(await toldOf(user)).toEqual([]);
  });

  it('a role change that was overtaken by it does not bring anybody back', async () => {
    const user = newUser();
    await deliver(registered(user));
    await deliver(deleted(user, 3));
    await deliver(roleChanged(user, 2, 'manager'));
    expect((await person(user)).body).toMatchObject({ isDeleted: true, role: 'employee' });
  });
});

describe('deliveries', () => {
  it('every event that is handled is noted as arrived, in the transaction that applies it', async () => {
    const user = newUser();
    const opened = on.event('auth.login-opened.v1', {
      ...base(user, 1),
      after: { email: user.email, name: 'Reg', role: 'employee' },
    });
    for (const event of [registered(user), roleChanged(user, 2, 'hr'), deleted(user, 3), opened]) {
      expect(await deliver(event)).toBe('SUCCESS');
      expect(await on.sql`select from inbox where event_id = ${event.id} and consumer = 'employee'`).toHaveLength(1);
    }
  });

  it('an event of no interest is noted as arrived', async () => {
    const user = newUser();
    const event = on.event('auth.user-logged-in.v1', { ...base(user, 1), sessionId: v7() });
    expect(await deliver(event as ReturnType<typeof registered>)).toBe('SUCCESS');
    expect(await on.sql`select from inbox where event_id = ${event.id}`).toHaveLength(1);
  });

  it('one that cannot be read goes to the dead letters at once', async () => {
    const broken = { ...registered(newUser()), data: { id: 'x' } };
    expect(await deliver(broken as unknown as ReturnType<typeof registered>)).toBe('DROP');
  });

  it('a failing one is tried five times, then dropped, and leaves no trace', async () => {
    const user = newUser();
    const event = registered(user);
    await on.sql`create function poison() returns trigger language plpgsql as 'begin raise exception ''no''; end'`;
    await on.sql`create trigger poison before insert on people for each row execute function poison()`;
    const verdicts = [];
    for (let time = 1; time <= 5; time++) verdicts.push(await deliver(event));
    await on.sql`drop trigger poison on people`;
    expect(verdicts).toEqual(['RETRY', 'RETRY', 'RETRY', 'RETRY', 'DROP']);
    expect(await on.sql`select from inbox where event_id = ${event.id}`).toHaveLength(0);
    expect(await deliver(event)).toBe('SUCCESS');
    expect((await person(user)).status).toBe(200);
  });

  it('answers the sidecar only', async () => {
    const event = registered(newUser());
    for (const path of ['/events/auth', '/internal/inbox/missing']) {
      expect((await on.ask('POST', path, { body: event })).status).toBe(403);
      expect((await on.ask('POST', path, { body: event, headers: { 'dapr-api-token': 'guess' } })).status).toBe(403);
      expect((await on.ask('POST', path, { body: event, as: on.admin })).status).toBe(403);
    }
    expect((await on.ask('GET', '/dapr/subscribe')).status).toBe(403);
  });
});
