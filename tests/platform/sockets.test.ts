import { io, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { newPerson } from '../src/people.ts';
import { world } from '../src/world.ts';

interface Notification {
  seq: number;
  type: string;
  data: Record<string, unknown>;
}

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

async function connect(namespace: string, auth: Record<string, unknown>, origin?: string): Promise<Socket> {
  const { api } = await world();
  const socket = io(`${origin ?? api.origin}${namespace}`, {
    transports: ['websocket'],
    auth,
    forceNew: true,
    reconnection: true,
  });
  open.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('connect_error', reject);
  });
  return socket;
}

describe('sockets through the gateway', () => {
  it.each([
    ['no token', {}],
    ['a user id instead of a token', { userId: '00000000-0000-7000-8000-000000000000' }],
    ['a forged token', { token: 'eyJhbGciOiJub25lIn0.e30.' }],
  ])('%s is refused', async (_, auth) => {
    await expect(connect('/notifications', auth)).rejects.toThrow();
  });

  it('brings each notification once and in order, and replays what was missed by lastSeq', async () => {
    const { adminToken } = await world();
    const seen: Notification[] = [];
    const socket = await connect('/notifications', { token: adminToken() });
    socket.on('notification', (one: Notification) => seen.push(one));
    await newPerson();
    await eventually('a notification', async () => seen.length > 0);
    socket.close();
    const lastSeq = Math.max(...seen.map(({ seq }) => seq));

    await newPerson();
    await newPerson();
    const missed: Notification[] = [];
    const again = io(`${(await world()).api.origin}/notifications`, {
      transports: ['websocket'],
      auth: { token: adminToken(), lastSeq },
      forceNew: true,
    });
    open.push(again);
    again.on('notification', (one: Notification) => missed.push(one));
    await eventually('four notifications', async () => missed.length >= 4);
    const order = missed.map(({ seq }) => seq);
    expect(order).toEqual(order.map((_, i) => lastSeq + 1 + i));
  });

  it('two events processes serve one set of clients', async () => {
    const { platform, adminToken } = await world();
    const replica = await platform.addReplica('events');
    try {
      const boxes = await Promise.all(
        [platform.urls.services.events, replica.url].map(async (origin) => {
          const box: Notification[] = [];
          const socket = await connect('/notifications', { token: adminToken() }, origin);
          socket.on('notification', (one: Notification) => box.push(one));
          return box;
        }),
      );
      for (let i = 0; i < 5; i += 1) await newPerson();
      // Whichever process consumed an event, both clients hear of it: user-registered and employee-created each.
      await eventually('both boxes full', async () => boxes.every((box) => box.length >= 10));
      expect(boxes[0]?.map(({ seq }) => seq).sort()).toEqual(boxes[1]?.map(({ seq }) => seq).sort());
    } finally {
      await replica.service.stop();
      await replica.sidecar.stop();
    }
  });

  it('comes back by itself when events restarts, and misses nothing', async () => {
    const { platform, api, adminToken } = await world();
    const seen: Notification[] = [];
    const lastSeq = () => Math.max(...seen.map(({ seq }) => seq));
    // As a client does: whenever it connects it says what it has.
    const socket = io(`${api.origin}/notifications`, {
      transports: ['websocket'],
      auth: (give) => give({ token: adminToken(), ...(seen.length > 0 && { lastSeq: lastSeq() }) }),
      forceNew: true,
    });
    open.push(socket);
    socket.on('notification', (one: Notification) => seen.push(one));
    await eventually('connected', async () => socket.connected);
    await newPerson();
    // A registration tells of the login and of the person.
    await eventually('both notifications', async () => seen.length === 2);
    const before = lastSeq();

    await platform.part('events').kill9();
    // Whether the connection has noticed by now does not matter.
    await newPerson();
    await eventually('the notifications of meanwhile', async () => lastSeq() === before + 2);
    const order = seen.map(({ seq }) => seq);
    expect(order).toEqual(order.map((_, at) => before - 1 + at));
  });
});
