import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { call, daprError, echo, eventually, problem, startTestGateway, type TestGateway } from './harness.ts';

const down = 'failed to invoke, id: echo, err: dial tcp 127.0.0.1:18101: connect: connection refused';
const env = { CIRCUIT_FAILURES: '3', CIRCUIT_SILENT_MS: '300', CIRCUIT_REST_MS: '300', UPSTREAM_TIMEOUT_MS: '200' };
let gateway: TestGateway;
afterEach(() => gateway.stop());

/** PATCH is not tried again: one request, one attempt. */
const patch = (path = '/api/echo') => call(gateway.port, path, { method: 'PATCH', body: '{}' });
const stateOf = async (app = 'echo'): Promise<unknown> =>
  ((await call(gateway.port, '/health')).json().circuits as Record<string, unknown>)[app];
async function provoke(times = 8): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    await patch();
    await sleep(60);
  }
}

describe('an app that does not answer', () => {
  it('is left alone: 503 at once with Retry-After, seen in /health and metrics, until a probe is answered', async () => {
    let asked = 0;
    gateway = await startTestGateway((_req, res) => {
      asked += 1;
      daprError(res, down);
    }, env);
    await provoke();
    const before = asked;
    const refused = await Promise.all(Array.from({ length: 20 }, () => patch()));
    for (const answer of refused) {
      expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable' });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    }
    expect(refused.filter(({ text }) => text.includes('nothing was done')).length).toBeGreaterThanOrEqual(19);
    // One of them may have been a probe.
    expect(asked - before).toBeLessThanOrEqual(1);
    const metrics = (await call(gateway.port, '/metrics')).text;
    expect(metrics).toMatch(/muster_circuit_open\{callee="echo"\} 1/);
    expect(metrics).toMatch(/muster_circuit_open\{callee="other"\} 0/);
    expect(metrics).toMatch(/muster_circuit_refused_total\{callee="echo"\} [1-9]/);

    gateway.answer(echo([]));
    await eventually(async () => (await patch()).status === 200);
    expect((await call(gateway.port, '/metrics')).text).toMatch(/muster_circuit_open\{callee="echo"\} 0/);
  });

  it('does not drag the others along', async () => {
    gateway = await startTestGateway((req, res) => {
      if (req.headers['dapr-app-id'] === 'echo') daprError(res, down);
      else echo([])(req, res);
    }, env);
    await provoke();
    expect((await patch('/api/other')).status).toBe(200);
    expect(await stateOf('other')).toBe('closed');
    expect(await stateOf()).not.toBe('closed');
  });

  it('may also be one that hangs', async () => {
    gateway = await startTestGateway(() => undefined, env);
    await Promise.all(Array.from({ length: 5 }, () => patch()));
    await provoke(2);
    const started = performance.now();
    await Promise.all([patch(), patch(), patch()]);
    expect((await call(gateway.port, '/metrics')).text).toMatch(/muster_circuit_open\{callee="echo"\} 1/);
    // At most one of the three was a probe that waited for its limit.
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('a circuit stays closed', () => {
  // Once open it would stay so for the rest of the test.
  const strict = { ...env, CIRCUIT_REST_MS: '600000' };

  it.each([404, 409, 429, 500, 503])('when the service itself says %i', async (status) => {
    gateway = await startTestGateway((_req, res) => problem(res, status, 'whatever'), strict);
    await provoke();
    expect((await patch()).status).toBe(status);
  });

  it.each([
    ['do not wait', 'content-length: 2\r\n\r\n{}'],
    ['break off in the middle of an upload', `content-length: 500000\r\n\r\n${'x'.repeat(100_000)}`],
  ])('when clients %s', async (_, rest) => {
    let broken = 0;
    gateway = await startTestGateway(
      (req) => {
        req.resume().on('error', () => undefined);
        req.on('close', () => {
          broken += 1;
        });
      },
      { ...strict, UPSTREAM_TIMEOUT_MS: '5000' },
    );
    for (let i = 1; i <= 10; i += 1) {
      const socket = connect(gateway.port, '127.0.0.1');
      socket.write(`PATCH /api/echo HTTP/1.1\r\nhost: x\r\n${rest}`);
      await sleep(60);
      socket.destroy();
      await eventually(() => broken >= i);
    }
    gateway.answer(echo([]));
    expect((await patch()).status).toBe(200);
  });

  it('when what is refused on the way is the request’s own fault', async () => {
    gateway = await startTestGateway((_req, res) => daprError(res, 'err: stream too large'), strict);
    await provoke();
    expect((await patch()).status).toBe(413);
  });

  it('over a restart, and requests that may be repeated are answered by the one that comes back', async () => {
    gateway = await startTestGateway((_req, res) => daprError(res, down), { UPSTREAM_TIMEOUT_MS: '5000' });
    const waiting = Array.from({ length: 50 }, () => call(gateway.port, '/api/echo'));
    await sleep(600);
    gateway.answer(echo([]));
    for (const answer of await Promise.all(waiting)) expect(answer.status).toBe(200);
  });
});

it('a gateway whose sidecar is away comes back with it', async () => {
  gateway = await startTestGateway(echo([]), env);
  await gateway.sidecar.close();
  await provoke(3);
  await gateway.sidecar.reopen();
  await eventually(async () => (await patch()).status === 200);
});
