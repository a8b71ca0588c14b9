import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SyncBody } from '@muster/contracts/http/attendance-sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from '../src/create-client.ts';
import { openPunchQueue } from '../src/queue/open-punch-queue.ts';
import { openFileStorage } from '../src/storage/file-storage.ts';
import { FakeServer } from './fake-server.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'muster-killed-'));
const server = new FakeServer();
const token = JSON.stringify({ access_token: 'kiosk', token_type: 'Bearer', expires_in: 900 });

/** Every fourth answer is lost on its way. */
const listener = createServer(async (request, response) => {
  const { status, body } = request.url?.endsWith('/token')
    ? { status: 200, body: token }
    : server.sync((await json(request)) as SyncBody);
  if (server.calls.length % 4 === 3) return void request.socket.destroy();
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
});
beforeAll(async () => {
  await once(listener.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => {
  listener.close();
  rmSync(folder, { recursive: true });
});

const rounds = 20;
const script = path.join(import.meta.dirname, 'punch-until-killed.ts');

it('a process killed at any moment has lost nothing and doubled nothing', async () => {
  const origin = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const file = path.join(folder, 'kiosk.punches');
  const durable: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const child = spawn(process.execPath, [script, file, origin, String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (data: Buffer) => {
      printed += data.toString();
    });
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    await sleep(Math.random() * 80);
    child.kill('SIGKILL');
    const [code, signal] = (await once(child, 'close')) as [number | null, string];
    expect([code, signal]).toEqual([null, 'SIGKILL']);
    // A line that was not written to its end was not said.
    durable.push(...printed.split('\n').slice(0, -1));
  }
  expect(durable.length).toBeGreaterThan(rounds);

  const client = createClient({ origin, credentials: { deviceToken: 'msd_1' } });
  const queue = openPunchQueue({ client, storage: openFileStorage(file) });
  while ((await queue.countWaiting()) > 0) await queue.flush().catch(() => {});
  await queue.close();

  const arrived = [...server.facts.values()].map(({ notes }) => notes);
  const lost = new Set(durable).difference(new Set(arrived));
  expect([...lost]).toEqual([]);
  expect(new Set(arrived).size).toBe(arrived.length);
  // The one that was being written when the process was killed may have arrived, too; no other.
  expect(arrived.length - durable.length).toBeLessThanOrEqual(rounds);
}, 120_000);
