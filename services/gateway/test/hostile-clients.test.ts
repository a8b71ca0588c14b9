import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, echo, raw, type Seen, startTestGateway, type TestGateway } from './harness.ts';

const seen: Seen[] = [];
let gateway: TestGateway;
beforeAll(async () => {
  const env = { HEADERS_TIMEOUT_MS: '400', REQUEST_TIMEOUT_MS: '900', MAX_HEADER_BYTES: '8192', MAX_URL_BYTES: '1000' };
  gateway = await startTestGateway(echo(seen), env);
});
afterAll(() => gateway.stop());

/** Says `first`, then a byte now and then, and returns what it is told until it is cut off. */
async function trickle(first: string): Promise<string> {
  const socket = connect(gateway.port, '127.0.0.1');
  let read = '';
  let closed = false;
  socket.on('data', (data) => {
    read += data.toString();
  });
  socket
    .on('error', () => undefined)
    .on('close', () => {
      closed = true;
    });
  socket.write(first);
  for (let i = 0; i < 300 && !closed; i += 1) {
    socket.write('x');
    await sleep(50);
  }
  expect(closed).toBe(true);
  return read;
}

describe('a client that sends for ever', () => {
  it('is cut off in the middle of its headers', async () => {
    const told = await trickle('GET /api/echo HTTP/1.1\r\nhost: x\r\nx-slow: ');
    expect(told).toMatch(/^HTTP\/1.1 408 .*"code":"request_timeout"/s);
  });

  it('is cut off in the middle of its body', async () => {
    seen.length = 0;
    const told = await trickle('POST /api/echo HTTP/1.1\r\nhost: x\r\ncontent-length: 60000\r\n\r\n');
    expect(told).toMatch(/^(?:HTTP\/1.1 408 .*"code":"request_timeout".*)?$/s);
    expect(seen).toEqual([]);
  });

  it('keeps nobody else from being served', async () => {
    const slow = Array.from({ length: 300 }, () => {
      const socket = connect(gateway.port, '127.0.0.1', () => socket.write('GET /api/echo HTTP/1.1\r\nhost: x\r\nx: '));
      return socket.on('error', () => undefined);
    });
    await sleep(100);
    expect((await call(gateway.port, '/api/echo')).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });
});

describe('what is too large', () => {
  it('in the headers is a 431', async () => {
    const told = await raw(gateway.port, `GET /api/echo HTTP/1.1\r\nhost: x\r\nx-big: ${'x'.repeat(9000)}\r\n\r\n`);
    expect(told).toMatch(/^HTTP\/1.1 431 .*application\/problem\+json.*"code":"headers_too_large"/s);
  });

  it.each(['/api/echo', '/docs', '/socket.io/'])('in the URL of %s is a 414', async (path) => {
    const answer = await call(gateway.port, `${path}?${'x'.repeat(1000)}`);
    expect(answer.json()).toMatchObject({ status: 414, code: 'uri_too_long' });
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect((await call(gateway.port, `/api/echo?${'x'.repeat(900)}`)).status).toBe(200);
  });
});

describe('the time an app has', () => {
  it('is its route’s, whatever the others have', async () => {
    const limits = { UPSTREAM_TIMEOUT_MS: '10000', UPSTREAM_TIMEOUTS: '/api/echo/slow=20000, /api/echo=150' };
    const timed = await startTestGateway(async (_req, res) => {
      // The timers of the client that asks the app are about a second coarse.
      await sleep(2600);
      res.end();
    }, limits);
    const statuses = ['/api/echo', '/api/echo/x?y', '/api/echo/slow/1', '/api/echo/slower', '/api/other'].map(
      async (path) => (await call(timed.port, path)).status,
    );
    expect(await Promise.all(statuses)).toEqual([504, 504, 200, 504, 200]);
    await timed.stop();
  });
});
