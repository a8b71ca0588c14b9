import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Order } from '../src/load/order.ts';
import { runLoad } from '../src/load/prepare-load.ts';

const seen: string[] = [];
let stalled = false;
// Answers 201 with the body's own length in mind; the first request may stall and is then the slowest by far.
const server = createServer((req, res) => {
  seen.push(String(req.headers.authorization));
  req.resume().on('end', () => {
    const late = !stalled && req.url === '/stall';
    stalled ||= late;
    const status = req.url === '/busy' ? 503 : 201;
    setTimeout(() => res.writeHead(status, { 'retry-after': '1' }).end('{}'), late ? 300 : 0);
  });
});
let order: Pick<Order, 'origin' | 'method'>;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  order = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, method: 'POST' };
});
afterAll(() => server.close());

const shots = (count: number) => Array.from({ length: count }, (_, at) => ({ token: `t${at}`, body: '{}' }));

test('a closed loop sends every shot once and notes each answer', async () => {
  const outcome = await runLoad({ ...order, path: '/', shots: shots(50), connections: 4 });
  expect(Array.from(outcome.statuses)).toEqual(Array(50).fill(201));
  expect(new Set(seen).size).toBe(50);
  expect(outcome.latenciesMs.every((ms) => ms > 0)).toBe(true);
});

test('an open loop charges a stall to everybody who had to wait behind it', async () => {
  const outcome = await runLoad({ ...order, path: '/stall', shots: shots(40), connections: 1, rate: 400 });
  const delayed = Array.from(outcome.latenciesMs).filter((ms) => ms > 100);
  expect(delayed.length).toBeGreaterThan(20);
});

test('refusals are counted when they say when to come back', async () => {
  const outcome = await runLoad({ ...order, path: '/busy', shots: shots(5), connections: 2 });
  expect(outcome.retryAfters).toBe(5);
});
