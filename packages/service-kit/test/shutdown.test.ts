import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createHttp, mountHealth, startServer } from '../src/index.ts';
import { silent } from './example-app.ts';

/** A server with one route that answers when told to. */
async function slowServer(options: { finishLimitMs?: number } = {}) {
  const gate = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<void>();
  const order: string[] = [];
  const app = createHttp({ service: 'test', log: silent });
  app.get('/slow', async (c) => {
    entered.resolve();
    await gate.promise;
    order.push('request');
    return c.text('finished');
  });
  mountHealth(app, { ready: {} });
  const phases = [
    { name: 'fails', run: () => Promise.reject(new Error('no')) },
    { name: 'hangs', run: () => new Promise(() => undefined), limitMs: 30 },
    { name: 'pool', run: () => order.push('pool') },
  ];
  const base = { app, host: '127.0.0.1', port: 0, log: silent, onShutdown: phases, handleSignals: false };
  const running = await startServer({ ...base, ...options });
  return { app, gate, entered, order, running };
}

describe('shutdown', () => {
  it('finishes requests in flight, then runs the phases, whatever one of them does', async () => {
    const { gate, entered, order, running } = await slowServer();
    const answer = fetch(`${running.url}/slow`);
    await entered.promise;
    const stopped = running.stop();
    await expect(fetch(`${running.url}/healthz`)).rejects.toThrow();
    expect(order).toEqual([]);
    gate.resolve();
    expect(await (await answer).text()).toBe('finished');
    await stopped;
    expect(order).toEqual(['request', 'pool']);
    expect(running.stop()).toBeInstanceOf(Promise);
  });

  it('turns readiness off first', async () => {
    const { app, gate, running } = await slowServer();
    expect((await app.request('/readyz')).status).toBe(200);
    const stopped = running.stop();
    const ready = await app.request('/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: 'draining' });
    expect((await app.request('/healthz')).status).toBe(200);
    gate.resolve();
    await stopped;
  });

  it('does not wait for connections that never sent anything', async () => {
    const { running, order } = await slowServer({ finishLimitMs: 3_600_000 });
    const spare = connect(running.port, '127.0.0.1');
    await once(spare, 'connect');
    await fetch(`${running.url}/healthz`).then((answer) => answer.text());
    await running.stop();
    expect(order).toEqual(['pool']);
    spare.destroy();
  });

  it('cuts what does not finish within its limit', async () => {
    const { entered, order, running } = await slowServer({ finishLimitMs: 50 });
    const answer = fetch(`${running.url}/slow`).then(
      () => 'answered',
      () => 'cut',
    );
    await entered.promise;
    await running.stop();
    expect(await answer).toBe('cut');
    expect(order).toEqual(['pool']);
  });

  it('rejects when the port is taken', async () => {
    const { app, running, gate } = await slowServer();
    const again = startServer({
      app,
      host: '127.0.0.1',
      port: running.port,
      log: silent,
      onShutdown: [],
      handleSignals: false,
    });
    await expect(again).rejects.toThrow(/EADDRINUSE/);
    gate.resolve();
    await running.stop();
  });
});
