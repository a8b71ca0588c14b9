import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDoor } from '@muster/images/dev';
import { afterEach, expect, test } from 'vitest';
import { takeOver } from '../src/local/take-over.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function serve(name: string, port = 0): Promise<Server> {
  const server = createServer((request, response) => {
    let size = 0;
    request.on('data', (chunk: Buffer) => (size += chunk.length));
    request.on('end', () => response.end(`${name} ${size}`));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
}

test('whoever calls the pod is answered here, many at a time, and by the pod again when this machine leaves', async () => {
  const here = await serve('here');
  let pod = await serve('pod');
  const port = portOf(pod);
  const door = await openDoor({
    ...{ controlPort: 0, port, host: '127.0.0.1', say: () => {} },
    onTaken: () => closed(pod),
    onLeft: async () => {
      pod = await serve('pod', port);
    },
  });
  ends.push(
    () => closed(here),
    () => closed(pod),
    () => door.close(),
  );
  const ask = async (body = ''): Promise<string> => {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body }).catch(() => undefined);
    return (await answer?.text()) ?? 'nobody';
  };

  expect(await ask()).toBe('pod 0');
  const letGo = takeOver({ doorPort: portOf(door), port: portOf(here), onLost: () => {} });
  ends.push(letGo);
  await expect.poll(() => ask('four'), { timeout: 20_000 }).toBe('here 4');
  const many = await Promise.all(Array.from({ length: 60 }, () => ask('x'.repeat(100_000))));
  expect(new Set(many)).toEqual(new Set(['here 100000']));

  letGo();
  await expect.poll(() => ask(), { timeout: 20_000 }).toBe('pod 0');
}, 60_000);

test('a pod without a door is told from one that has it', async () => {
  const nobody = await serve('nobody');
  const doorPort = portOf(nobody);
  await closed(nobody);
  const reason = await new Promise<string>((resolve) => {
    ends.push(takeOver({ doorPort, port: 1, onLost: resolve }));
  });
  expect(reason).toContain('does not run a watching image');
});
