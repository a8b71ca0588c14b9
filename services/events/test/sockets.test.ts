import { type TestDatabase, testDatabase, tokenFor } from '@muster/testing';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeClients, connect } from './support/client.ts';
import { checkedIn, created, envelope, passwordChanged, person, registered, user } from './support/events.ts';
import { listeningService, migrations } from './support/service.ts';

let database: TestDatabase;
let service: Awaited<ReturnType<typeof listeningService>>;
const hr = user('hr');
const upTo = (n: number, from = 1) => Array.from({ length: n - from + 1 }, (_, index) => from + index);
const until = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

beforeEach(async () => {
  database = await testDatabase({ folder: migrations });
  service = await listeningService(database.sql, { sweepMs: 200 });
  await service.deliver(registered(hr.id, 'hr'));
  await database.sql`delete from notifications`;
  await database.sql`delete from notification_feeds`;
});
afterEach(async () => {
  closeClients();
  await service.stop();
  await database.drop();
});

describe('who may connect', () => {
  test.each(['/notifications', '/attendance'])('%s: nobody without a good token', async (namespace) => {
    const refused = { status: 401, code: 'unauthenticated' };
    await expect(connect(service.url, namespace, {})).rejects.toMatchObject(refused);
    await expect(connect(service.url, namespace, { userId: hr.id })).rejects.toMatchObject(refused);
    await expect(connect(service.url, namespace, { token: 'nonsense' })).rejects.toMatchObject(refused);
    await expect(connect(service.url, namespace, { token: { $ne: 1 } })).rejects.toMatchObject(refused);
    await expect(
      connect(service.url, namespace, { token: await tokenFor(hr, { lifetimeS: -60 }) }),
    ).rejects.toMatchObject(refused);
  });

  test('the token may come in the Authorization header', async () => {
    const client = await connect(service.url, '/notifications', {}, { authorization: `Bearer ${await tokenFor(hr)}` });
    expect(await client.ask('getUnreadCount')).toEqual({ count: 0 });
  });

  test('no device gets notifications, nobody the root namespace, nobody long polling', async () => {
    const token = await tokenFor(user('kiosk'));
    await expect(connect(service.url, '/notifications', { token })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(connect(service.url, '/', { token })).rejects.toMatchObject({ code: 'not_found' });
    expect((await fetch(`${service.url}/socket.io/?EIO=4&transport=polling`)).status).toBe(400);
  });

  test('nobody with a token that was narrowed to scopes, whatever they are', async () => {
    for (const scopes of [['notifications.own'], ['attendance.read'], []] as const) {
      const token = await tokenFor({ ...user('admin'), scopes });
      for (const namespace of ['/notifications', '/attendance'])
        await expect(connect(service.url, namespace, { token })).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  test('a handshake that makes no sense is refused in words', async () => {
    const token = await tokenFor(hr);
    await expect(connect(service.url, '/notifications', { token, lastSeq: 'x' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  test('a session that ends is told so and disconnected', async () => {
    const token = await tokenFor(hr);
    const client = await connect(service.url, '/notifications', { token });
    const ended = new Promise((resolve) => client.socket.once('sessionEnded', resolve));
    const gone = new Promise((resolve) => client.socket.once('disconnect', resolve));
    service.verifier.revoke({ sessions: [hr.sessionId], users: [] });
    expect(await ended).toMatchObject({ code: 'unauthenticated' });
    expect(await gone).toBe('io server disconnect');
  });

  test('so is one whose token expires', async () => {
    const client = await connect(service.url, '/notifications', { token: await tokenFor(hr) });
    const gone = new Promise((resolve) => client.socket.once('disconnect', resolve));
    service.passTime(3_600_000);
    expect(await gone).toBe('io server disconnect');
  });
});

describe('rooms follow from the token alone', () => {
  test('whatever a client says in the handshake or asks for', async () => {
    const stranger = user('employee');
    const client = await connect(service.url, '/notifications', {
      token: await tokenFor(stranger),
      userId: hr.id,
      room: `user:${hr.id}`,
      lastSeq: 0,
    });
    expect(await client.ask('join', `user:${hr.id}`)).toMatchObject({ code: 'not_found' });
    expect(await client.ask('subscribe', { userId: hr.id })).toMatchObject({ code: 'not_found' });
    const mine = await connect(service.url, '/notifications', { token: await tokenFor(hr) });
    await service.deliver(created());
    await service.deliver(passwordChanged(stranger.id));
    await until(() => expect([mine.seqs(), client.seqs()]).toEqual([[1], [1]]));
    expect(client.notifications[0]?.type).toBe('auth.password-changed');
  });

  test('presence goes to hr and admins, and to every manager above the person', async () => {
    const [manager, top, other] = [user('manager'), user('manager'), user('manager')];
    const watchers = { manager, top, other, hr: user('hr'), admin: user('admin'), employee: user('employee') };
    const seen: Record<string, unknown[]> = {};
    for (const [who, actor] of Object.entries(watchers)) {
      const client = await connect(service.url, '/attendance', { token: await tokenFor(actor) });
      seen[who] = [];
      client.socket.on('presence', ({ changes }) => seen[who]?.push(...changes));
      expect(await client.ask('subscribeToClass', { classId: v7() })).toMatchObject({ status: 404, code: 'not_found' });
    }
    const employeeId = v7();
    const after = { ...person(), managerId: manager.id };
    await service.deliver(
      envelope('employee.employee-updated.v1', { employeeId, version: 3, before: after, after, changedFields: [] }),
    );
    // What arrives late says nothing any more.
    const stale = { ...person(), managerId: other.id };
    await service.deliver(envelope('employee.employee-created.v1', { employeeId, version: 1, after: stale }));
    // The two manage each other: late events may say so for a while, and it must end all the same.
    for (const [below, above] of [
      [manager, top],
      [top, manager],
    ] as const) {
      const managed = { ...person(), managerId: above.id };
      await service.deliver(
        envelope('employee.employee-created.v1', { employeeId: below.id, version: 1, after: managed }),
      );
    }
    const [mine, strange] = [checkedIn(employeeId), checkedIn()];
    for (const event of [mine, strange]) await service.deliver(event);
    const changes = [mine, strange].map(({ data: { employeeId, siteId, date, checkInAt } }) => {
      return { employeeId, siteId, date, status: 'in', at: checkInAt };
    });
    await until(() =>
      expect(seen).toMatchObject({ manager: [changes[0]], top: [changes[0]], hr: changes, admin: changes }),
    );
    expect([seen.other, seen.employee]).toEqual([[], []]);
  });
});

describe('notifications', () => {
  test('arrive live, in order, with the unread count', async () => {
    const client = await connect(service.url, '/notifications', { token: await tokenFor(hr) });
    await Promise.all(Array.from({ length: 50 }, () => service.deliver(created())));
    await until(() => expect(client.seqs()).toEqual(upTo(50)));
    expect(client.notifications[0]).toMatchObject({ type: 'employee.employee-created', data: { name: 'Ada' } });
    await until(() => expect(client.counts.at(-1)).toBe(50));
  });

  test('what was missed comes first, in order, without gaps or repetitions, while new ones arrive', async () => {
    await Promise.all(Array.from({ length: 450 }, () => service.recorder.add(created())));
    const token = await tokenFor(hr);
    const news = Promise.all(Array.from({ length: 40 }, () => service.deliver(created())));
    const clients = await Promise.all(
      [0, 123, 449, 450].map((lastSeq) => connect(service.url, '/notifications', { token, lastSeq })),
    );
    await news;
    await until(() => {
      for (const client of clients) expect(client.seqs().at(-1)).toBe(490);
    });
    expect(clients.map((client) => client.seqs())).toEqual([0, 123, 449, 450].map((lastSeq) => upTo(490, lastSeq + 1)));
  });

  test('without lastSeq, or with one from the future, only new ones come', async () => {
    await service.deliver(created());
    const token = await tokenFor(hr);
    const plain = await connect(service.url, '/notifications', { token });
    const future = await connect(service.url, '/notifications', { token, lastSeq: 1_000_000 });
    await service.deliver(created());
    await until(() => expect([plain.seqs(), future.seqs()]).toEqual([[2], [2]]));
  });

  test('the messages of a client are answered; every socket of the user learns the new count', async () => {
    const token = await tokenFor(hr);
    const [one, two] = await Promise.all([0, 1].map(() => connect(service.url, '/notifications', { token })));
    for (let n = 0; n < 3; n++) await service.deliver(created());
    // Either may come first: how many are unread is counted when the socket is told.
    await until(() => expect([one?.counts.at(-1), one?.notifications.length]).toEqual([3, 3]));
    const ids = one?.notifications.map(({ id }) => id) ?? [];
    expect(await one?.ask('markAsRead', { notificationIds: [ids[0]] })).toEqual({ count: 1 });
    await until(() => expect([one?.counts.at(-1), two?.counts.at(-1)]).toEqual([2, 2]));
    expect(await two?.ask('getUnreadCount', {})).toEqual({ count: 2 });
    expect(await one?.ask('markAllAsRead')).toEqual({ count: 2 });
    await until(() => expect(two?.counts.at(-1)).toBe(0));
  });

  test('errors come in the acknowledgement, as the problem object', async () => {
    const client = await connect(service.url, '/notifications', { token: await tokenFor(hr) });
    expect(await client.ask('markAsRead', { notificationIds: ['x'] })).toMatchObject({
      status: 400,
      code: 'invalid_input',
      errors: [{ in: 'body' }],
      requestId: expect.any(String),
    });
    expect(await client.ask('markAsRead', { notificationIds: [v7()] })).toMatchObject({
      status: 404,
      code: 'not_found',
    });
    for (const name of ['markAllAsRead', 'getUnreadCount']) {
      expect(await client.ask(name, { surprise: 1 })).toMatchObject({
        code: 'invalid_input',
        errors: [{ field: 'surprise', in: 'body' }],
      });
      for (const payload of ['all', [], 1]) expect(await client.ask(name, payload)).toMatchObject({ status: 400 });
      expect(await client.ask(name, {}, { surprise: 1 })).toMatchObject({ status: 400 });
      expect(await client.ask(name, undefined)).toEqual({ count: 0 });
    }
    expect(await client.ask('markAsRead')).toMatchObject({ code: 'invalid_input' });
    expect(await client.ask('constructor')).toMatchObject({ code: 'not_found' });
    client.socket.emit('markAsRead', 'no acknowledgement');
    expect(await client.ask('getUnreadCount')).toEqual({ count: 0 });
  });
});

test('a shutdown says goodbye to open sockets instead of waiting for them', async () => {
  const client = await connect(service.url, '/notifications', { token: await tokenFor(hr) });
  const gone = new Promise((resolve) => client.socket.once('disconnect', resolve));
  const warned = vi.spyOn(service.log, 'warn');
  await service.stop();
  expect(await gone).toBe('transport close');
  expect(warned).not.toHaveBeenCalled();
  await expect(fetch(service.url)).rejects.toThrow();
});
