import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type Balancer, startBalancer } from '../src/balancer.ts';
import { freeServicePorts } from '../src/env/ports.ts';

const servers: Server[] = [];
let balancer: Balancer;
afterEach(async () => {
  await balancer.close();
  for (const server of servers.splice(0)) server.close();
});

const serve = (name: string): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.end(name)).listen(0, '127.0.0.1', () => {
      servers.push(server);
      resolve((server.address() as AddressInfo).port);
    });
  });

const ask = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(port, '127.0.0.1');
    socket
      .on('data', (chunk) => (said += chunk))
      .on('end', () => resolve(said))
      .on('error', reject);
  });

test('connections take turns, and one that is gone is passed over', async () => {
  const [a, b] = [await serve('a'), await serve('b')];
  balancer = await startBalancer((await freeServicePorts()).http, [a, b]);
  expect([await ask(balancer.port), await ask(balancer.port), await ask(balancer.port)].sort().join('')).toMatch(
    /^(aab|abb)$/,
  );
  servers.find((server) => (server.address() as AddressInfo).port === a)?.close();
  expect([await ask(balancer.port), await ask(balancer.port)]).toEqual(['b', 'b']);
});
