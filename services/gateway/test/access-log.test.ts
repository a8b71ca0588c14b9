import { redact } from '@muster/service-kit';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { call, daprError, echo, problem, raw, startTestGateway, type TestGateway } from './harness.ts';

let gateway: TestGateway;
const lines: Record<string, unknown>[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
afterEach(() => gateway?.stop());
async function start(env: Record<string, string> = {}, level = 'info'): Promise<void> {
  lines.length = 0;
  log.level = level;
  gateway = await startTestGateway(echo([]), { UPSTREAM_TIMEOUT_MS: '200', ...env }, { log });
}
const accesses = () => lines.filter(({ ms }) => ms !== undefined);

describe('the access log', () => {
  it('has a line for each request: who, what, how it went, and the ids it travels under', async () => {
    await start();
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const headers = {
      ...{ authorization: 'Bearer user-7', 'user-agent': 'phone/1', 'x-request-id': 'mine' },
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    };
    await call(gateway.port, '/api/v1/echo/42?search=Ana', { headers });
    await call(gateway.port, '/api/nowhere');
    expect(accesses()).toMatchObject([
      {
        ...{ requestId: 'mine', traceId, method: 'GET', path: '/api/v1/echo/42', app: 'echo', status: 200 },
        ...{ address: '127.0.0.1', userId: '7', agent: 'phone/1', ms: expect.any(Number) },
      },
      { path: '/api/nowhere', app: 'none', status: 404, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ]);
    expect(accesses()[1]).not.toHaveProperty('userId');
  });

  it('tells the service the same ids', async () => {
    await start();
    let told: Record<string, unknown> = {};
    gateway.answer((req, res) => {
      told = req.headers;
      res.end();
    });
    await call(gateway.port, '/api/echo');
    const [line] = accesses();
    expect(told['x-request-id']).toBe(line?.requestId);
    expect(String(told.traceparent).slice(3, 35)).toBe(line?.traceId);
  });

  it('may tell of trouble only, and does not repeat what floods the door', async () => {
    await start({ ACCESS_LOG: 'trouble', RATE_LIMIT_PER_ADDRESS_PER_MINUTE: '2' });
    await call(gateway.port, '/api/echo');
    gateway.answer((_req, res) => problem(res, 500, 'internal'));
    await call(gateway.port, '/api/echo');
    for (let i = 0; i < 5; i += 1) expect((await call(gateway.port, '/api/echo')).status).toBe(429);
    expect(accesses()).toMatchObject([{ status: 500, level: 50 }]);
  });

  it('says nothing of what was planted in tokens, queries, bodies and cookies, at any level and whatever goes wrong', async () => {
    await start({}, 'trace');
    const planted = 'PLANTED-c2VjcmV0';
    const headers = {
      ...{ authorization: `Bearer ${planted}`, cookie: `session=${planted}`, 'x-api-key': planted },
      ...{ 'content-type': 'application/json', 'idempotency-key': planted, 'dapr-api-token': planted },
    };
    const body = JSON.stringify({ password: planted, token: planted });
    const longToken = `${planted}${'A1b2'.repeat(10)}`;
    const paths = [
      `/api/echo?token=${planted}`,
      `/api/echo/${longToken}`,
      `/api/echo/${longToken}/x?a=${planted}`,
      `/api/none?x=${planted}`,
    ];
    const answers = [
      echo([]),
      (_req, res) => problem(res, 500, 'internal'),
      () => undefined,
      (req, res) => daprError(res, `error invoking app channel: Get "http://127.0.0.1:1${req.url}": dial tcp: refused`),
      (req, res) => void res.writeHead(502).end(`cannot ${req.url}`),
      (_req, res) => void res.destroy(),
    ] as Parameters<TestGateway['answer']>[0][];
    for (const answer of answers) {
      gateway.answer(answer);
      for (const path of paths) await call(gateway.port, path, { method: 'PATCH', headers, body });
    }
    const upgrade = `GET /socket.io/?EIO=4&transport=websocket&token=${planted} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nauthorization: Bearer ${planted}\r\n\r\n`;
    expect(await raw(gateway.port, upgrade)).toMatch(/^HTTP\/1.1 503/);
    await call(gateway.port, `/socket.io/?EIO=4&transport=polling&token=${planted}`, { headers });
    await call(gateway.port, `/health?token=${planted}`, { headers });
    await raw(gateway.port, `GET /api/echo?\u0001${planted} HTTP/1.1\r\nhost: x\r\nauthorization: ${planted}\r\n\r\n`);
    expect(lines.length).toBeGreaterThan(paths.length * answers.length);
    expect(lines.filter((line) => JSON.stringify(line).includes('PLANTED'))).toEqual([]);
  });
});

describe('a URL in the log', () => {
  it.each([
    [
      '/api/users/019aa000-0000-7000-8000-000000000001?x=1',
      '/api/users/019aa000-0000-7000-8000-000000000001?[redacted]',
    ],
    [`/api/feed/${'k'.repeat(43)}.ics`, '/api/feed/[redacted]'],
    [
      `Get "http://10.0.0.1/api/feed/${'k'.repeat(43)}?a=b": refused`,
      'Get "http://10.0.0.1/api/feed/[redacted]?[redacted]": refused',
    ],
    [`/api/feed/${'k'.repeat(43)}/today`, '/api/feed/[redacted]/today'],
  ])('%s is %s', (url, path) => {
    expect(redact(url)).toBe(path);
  });
});
