import { expect, it } from 'vitest';
import { call, eventually, startTestGateway } from './harness.ts';

it('a request in flight finishes while the gateway stops, and no new one is taken', async () => {
  const { promise: go, resolve } = Promise.withResolvers<void>();
  let asked = false;
  const gateway = await startTestGateway(async (_req, res) => {
    asked = true;
    await go;
    res.end('done');
  });
  const answer = call(gateway.port, '/api/echo', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  await eventually(() => asked);
  const stopped = gateway.stop();
  await expect(call(gateway.port, '/healthz')).rejects.toThrow(/ECONNREFUSED/);
  resolve();
  expect(await answer).toMatchObject({ status: 200, text: 'done' });
  await stopped;
});
