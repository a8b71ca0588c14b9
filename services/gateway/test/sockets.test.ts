import { once } from 'node:events';
import { Server as SocketServer } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTargets, stickyKey } from '../src/sockets/targets.ts';
import { call, eventually, listen, log, raw, startTestGateway, type TestGateway } from './harness.ts';

/** An events process that echoes, tells the headers it saw, and says which process it is. */
async function startEvents(name: string, port = 0) {
  const http = await listen((_req, res) => res.writeHead(404).end(), port);
  const server = new SocketServer(http.server, { pingInterval: 300 });
  server.on('connection', (socket) => {
    socket.on('who', (ack) => ack(name, socket.handshake.headers));
    socket.on('echo', (value, ack) => ack(value));
  });
  const close = async (): Promise<void> => {
    await server.close();
    await http.close();
  };
  return { port: http.port, close };
}
type Events = Awaited<ReturnType<typeof startEvents>>;

let gateway: TestGateway;
let events: Events;
const clients: Socket[] = [];
beforeEach(async () => {
  events = await startEvents('one');
  gateway = await startTestGateway((_req, res) => res.end(), { EVENTS_URL: `http://127.0.0.1:${events.port}` });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await gateway.stop();
  await events.close();
});

function client(transports: string[], port = gateway.port): Socket {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports,
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 100,
    extraHeaders: { 'dapr-api-token': 'stolen', 'x-muster-actor': 'e30' },
  });
  clients.push(socket);
  return socket;
}
const upgradeHead = (path: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

describe('sockets', () => {
  it.each([[['websocket']], [['polling']], [['polling', 'websocket']]])('talk through %o', async (transports) => {
    const socket = client(transports);
    expect(await socket.emitWithAck('echo', 'x'.repeat(100_000))).toHaveLength(100_000);
    if (transports.length === 2) await eventually(() => socket.io.engine.transport.name === 'websocket');
    expect(await socket.emitWithAck('echo', 'again')).toBe('again');
  });

  it('strip what speaks to sidecars and say who asks', async () => {
    const socket = client(['websocket']);
    const headers = await new Promise<Record<string, string>>((done) =>
      socket.emit('who', (_name: string, seen: Record<string, string>) => done(seen)),
    );
    expect(Object.keys(headers).filter((name) => /^(dapr|x-muster)-/.test(name))).toEqual([]);
    expect(headers['x-forwarded-for']).toBe('127.0.0.1');
    expect(headers.host).toBe(`127.0.0.1:${events.port}`);
  });

  it.each(['websocket', 'polling'])('come back by %s after events restarted', async (transport) => {
    const socket = client([transport]);
    await once(socket as never, 'connect');
    await events.close();
    await eventually(() => !socket.connected);
    const refused = await raw(gateway.port, upgradeHead('/socket.io/?EIO=4&transport=websocket'));
    expect(refused).toMatch(/^HTTP\/1.1 503 .*retry-after: 2.*"code":"unavailable"/s);
    expect((await call(gateway.port, '/socket.io/?EIO=4&transport=polling')).json()).toMatchObject({
      code: 'unavailable',
    });
    events = await startEvents('two', events.port);
    await eventually(() => socket.connected);
    expect(await socket.emitWithAck('who')).toBe('two');
  });

  it('are refused elsewhere, and what events refuses is passed on', async () => {
    expect(await raw(gateway.port, upgradeHead('/api/echo'))).toMatch(/^HTTP\/1.1 404 /);
    expect(await raw(gateway.port, upgradeHead('/socket.io/../api'))).toMatch(/^HTTP\/1.1 404 /);
    expect(await raw(gateway.port, upgradeHead('/socket.io/?EIO=4&transport=websocket&sid=unknown'))).toMatch(
      /^HTTP\/1.1 400 .*unknown/s,
    );
    expect((await call(gateway.port, '/socket.io/?EIO=4&transport=polling&sid=unknown')).json()).toMatchObject({
      code: 1,
    });
  });

  it('that are open end when the gateway stops, at once', async () => {
    const socket = client(['websocket']);
    const polling = client(['polling']);
    await Promise.all([once(socket as never, 'connect'), once(polling as never, 'connect')]);
    const warned = vi.spyOn(log, 'warn');
    await gateway.stop();
    // Else the drain would have waited for them until its limit.
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
    await eventually(() => !socket.connected);
  });

  it('survive clients that leave in the middle of a handshake', async () => {
    for (let i = 0; i < 20; i += 1)
      void raw(gateway.port, upgradeHead('/socket.io/?EIO=4&transport=websocket'), 'HTTP').catch(() => undefined);
    expect(await client(['websocket']).emitWithAck('echo', 1)).toBe(1);
  });
});

describe('several events processes', () => {
  it('take turns for WebSockets, skip one that is down, and keep a polling client where it is', async () => {
    const two = await startEvents('two');
    const both = await startTestGateway((_req, res) => res.end(), {
      EVENTS_URL: `http://127.0.0.1:${events.port},http://127.0.0.1:${two.port}`,
    });
    const who = async (transport: string): Promise<string> =>
      (await client([transport], both.port).emitWithAck('who')) as string;
    expect(new Set([await who('websocket'), await who('websocket')])).toEqual(new Set(['one', 'two']));
    expect(new Set([await who('polling'), await who('polling'), await who('polling')]).size).toBe(1);
    await two.close();
    for (let i = 0; i < 3; i += 1) expect(await who('websocket')).toBe('one');
    await both.stop();
  });

  it('are chosen by client address only where a session must stay', async () => {
    expect(stickyKey('/socket.io/?EIO=4&transport=websocket', 'a')).toBeUndefined();
    expect(stickyKey('/socket.io/?EIO=4&transport=websocket&sid=1', 'a')).toBe('a');
    expect(stickyKey('/socket.io/?EIO=4&transport=polling', 'a')).toBe('a');
    const targets = createTargets(['http://a:1', 'http://b:1', 'http://c:1']);
    const first = (key: string): string => targets.order(key)[0]?.url.host ?? '';
    const before = Array.from({ length: 50 }, (_, i) => first(String(i)));
    expect(new Set(before).size).toBe(3);
    const down = targets.order('x').find(({ url }) => url.host === 'a:1');
    if (down) targets.avoid(down);
    const after = Array.from({ length: 50 }, (_, i) => first(String(i)));
    expect(after).toEqual(before.map((host, i) => (host === 'a:1' ? after[i] : host)));
    expect(after).not.toContain('a:1');
    await targets.close();
  });
});
