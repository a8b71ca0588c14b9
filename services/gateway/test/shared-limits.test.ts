import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startRedis, type TestRedis, testActor, testAudience, testIssuer, testJwks, tokenFor } from '@muster/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, eventually, listen } from './harness.ts';

/** A gateway in a process of its own, as a cluster would have several. */
interface Gateway {
  port: number;
  stop(): Promise<void>;
}

let redis: TestRedis;
let sidecar: Awaited<ReturnType<typeof listen>>;
let gateways: Gateway[];
const main = new URL('../src/main.ts', import.meta.url).pathname;
const limits = {
  RATE_LIMIT_PER_USER_PER_MINUTE: '10',
  RATE_LIMIT_PER_ADDRESS_PER_MINUTE: '64',
  RATE_LIMIT_FAILURES_PER_ADDRESS_PER_MINUTE: '5',
};

async function startProcess(): Promise<Gateway> {
  const env = {
    ...{ PATH: process.env.PATH, PORT: '0', DAPR_HTTP_PORT: String(sidecar.port), EVENTS_URL: 'http://127.0.0.1:1' },
    ...{ JWT_ISSUER: testIssuer, JWT_AUDIENCE: testAudience, TRUST_PROXY_HOPS: '1', REDIS_URL: redis.url, ...limits },
  };
  const child: ChildProcess = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const { msg, port } = JSON.parse(line) as { msg: string; port: number };
    if (msg !== 'listening') continue;
    child.stdout?.resume();
    const stop = async (): Promise<void> => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    };
    return { port, stop };
  }
  throw new Error('the gateway did not start');
}

beforeAll(async () => {
  redis = await startRedis();
  sidecar = await listen((req, res) => {
    res.setHeader('x-request-id', 'upstream').setHeader('content-type', 'application/json');
    if (req.url?.endsWith('/jwks.json')) return res.end(JSON.stringify({ keys: testJwks() }));
    if (req.url?.includes('/internal/revocations')) return res.end(JSON.stringify({ sessions: [], users: [] }));
    if (req.url !== '/api/auth/login') return res.end('{}');
    return res.writeHead(401, { 'content-type': 'application/problem+json' }).end('{"code":"invalid_credentials"}');
  });
});
afterAll(async () => {
  await redis.stop();
  await sidecar.close();
});
beforeEach(async () => {
  gateways = await Promise.all([startProcess(), startProcess()]);
  await eventually(async () => {
    const pages = await Promise.all(gateways.map(({ port }) => call(port, '/metrics')));
    return pages.every(({ text }) => text.includes('muster_limits_shared 1'));
  });
});
afterEach(() => Promise.all(gateways.map(({ stop }) => stop())));

let used = 0;
/** An address nobody has used: counts of earlier tests are still in Redis. */
const address = (): string => {
  used += 1;
  return `10.1.0.${used}`;
};
const newToken = () => tokenFor(testActor());

/** Requests that take turns at the gateways, one after the other or at once. */
async function knock(times: number, path: string, from: string, token?: string, together = false): Promise<number[]> {
  const headers = { 'x-forwarded-for': from, ...(token && { authorization: `Bearer ${token}` }) };
  const one = async (at: number) => {
    const { port } = gateways[at % gateways.length] as Gateway;
    return (await call(port, path, { headers })).status;
  };
  const all = Array.from({ length: times }, (_, at) => at);
  if (together) return Promise.all(all.map(one));
  const statuses: number[] = [];
  for (const at of all) statuses.push(await one(at));
  return statuses;
}
const admitted = (statuses: number[]): number => statuses.filter((status) => status !== 429).length;

describe('two gateways and one Redis', () => {
  it.each([false, true])('give a user one allowance, not one each (all at once: %s)', async (together) => {
    expect(admitted(await knock(40, '/api/users', address(), await newToken(), together))).toBe(10);
  });

  it('say how it stands, and when to come back, wherever it was used up', async () => {
    const token = await newToken();
    await knock(9, '/api/users', address(), token);
    const headers = { 'x-forwarded-for': address(), authorization: `Bearer ${token}` };
    const [one, two] = gateways.map(({ port }) => port) as [number, number];
    expect((await call(two, '/api/users', { headers })).headers).toMatchObject({
      ...{ 'ratelimit-limit': '10', 'ratelimit-remaining': '0', 'ratelimit-policy': '10;w=60' },
    });
    for (const port of [one, two, one]) {
      const refused = await call(port, '/api/users', { headers });
      expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    }
  });

  it('let an address have at most a sixteenth more each than one gateway would', async () => {
    const count = admitted(await knock(200, '/api/users', address()));
    expect(count).toBeGreaterThanOrEqual(64);
    expect(count).toBeLessThanOrEqual(64 + 2 * 4);
  });

  it('count wrong passwords together', async () => {
    expect(admitted(await knock(30, '/api/auth/login', address()))).toBeLessThanOrEqual(5 + 2);
  });

  it('let a whole building behind one address clock in', async () => {
    const building = address();
    const people = await Promise.all(Array.from({ length: 200 }, newToken));
    const statuses = await Promise.all(people.map((token) => knock(2, '/api/attendance/check-in', building, token)));
    expect(statuses.flat().filter((status) => status !== 200)).toEqual([]);
    // Nor has it used up what its next sign-in needs.
    expect(admitted(await knock(10, '/api/users', building))).toBe(10);
  });
});

describe('while Redis is away', () => {
  it.each(['gone', 'frozen'])(
    '(%s) each counts for itself and no request waits for it; then together again',
    async (how) => {
      if (how === 'gone') await redis.pause();
      else redis.freeze();
      try {
        const started = performance.now();
        expect(admitted(await knock(60, '/api/users', address(), await newToken()))).toBe(20);
        // Sixty times any wait of its own would be far more; this is a safety net, not a measure.
        expect(performance.now() - started).toBeLessThan(5000);
      } finally {
        if (how === 'gone') await redis.resume();
        else redis.thaw();
      }
      await eventually(async () => {
        await new Promise((done) => setTimeout(done, 200));
        return admitted(await knock(30, '/api/users', address(), await newToken())) === 10;
      });
    },
  );
});
