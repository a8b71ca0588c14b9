import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { expect, it } from 'vitest';
import { call, eventually, startTestGateway } from './harness.ts';

const json = { 'content-type': 'application/json' };

it('a request in flight finishes while the gateway stops, and no new one is taken', async () => {
  const { promise: go, resolve } = Promise.withResolvers<void>();
  let asked = false;
  const gateway = await startTestGateway(async (_req, res) => {
    asked = true;
    await go;
    res.end('done');
  });
  const answer = call(gateway.port, '/api/echo', { method: 'POST', body: '{}', headers: json });
  await eventually(() => asked);
  const stopped = gateway.stop();
  await expect(call(gateway.port, '/healthz')).rejects.toThrow(/ECONNREFUSED/);
  resolve();
  expect(await answer).toMatchObject({ status: 200, text: 'done' });
  await stopped;
});

it('under load, whoever keeps its connection is sent away before it closes, and what the app did is answered', async () => {
  const taken = new Set<string>();
  const gateway = await startTestGateway(
    async (req, res) => {
      // The gateway's own questions to its sidecar carry none.
      const key = req.headers['idempotency-key'];
      if (typeof key === 'string') taken.add(key);
      await sleep(Math.random() * 20);
      res.end('{}');
    },
    { DRAIN_DELAY_MS: '600' },
  );
  const pool = new Pool(`http://127.0.0.1:${gateway.port}`, { connections: 32, pipelining: 1 });
  const answered = new Set<string>();
  const failed = new Map<string, string>();
  let ended = false;
  let sent = 0;
  let closes = 0;
  const client = async (): Promise<void> => {
    while (!ended) {
      sent += 1;
      const key = `k${sent}`;
      const asked = {
        path: '/api/echo',
        method: 'POST' as const,
        body: '{}',
        headers: { ...json, 'idempotency-key': key },
      };
      try {
        const { statusCode, headers, body } = await pool.request(asked);
        await body.dump();
        if (statusCode === 200) answered.add(key);
        else failed.set(key, String(statusCode));
        if (headers.connection === 'close') closes += 1;
      } catch (error) {
        failed.set(key, String((error as NodeJS.ErrnoException).code));
        await sleep(5);
      }
    }
  };
  const clients = Array.from({ length: 32 }, client);
  await eventually(() => answered.size > 300);
  expect(failed.size).toBe(0);
  const stopped = gateway.stop();
  await eventually(async () => (await call(gateway.port, '/readyz')).status === 503);
  await sleep(300);
  // Not ready, and yet everybody is served, and told to come by another way next time.
  expect(failed.size).toBe(0);
  expect(closes).toBeGreaterThan(32);
  await stopped;
  ended = true;
  await Promise.all(clients);
  await pool.destroy();
  expect([...taken].filter((key) => !answered.has(key))).toEqual([]);
  expect([...failed.values()].filter((code) => !/^(?:ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET)$/.test(code))).toEqual([]);
});
