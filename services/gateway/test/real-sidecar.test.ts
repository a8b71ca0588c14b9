import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSidecar } from '@muster/dapr';
import { ensureTools } from '@muster/dev-env';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUpstream } from '../src/proxy/upstream.ts';
import { call, echo, listen, log, problem, readAll, type Seen, startTestGateway, type TestGateway } from './harness.ts';

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

// Every sidecar of this machine hears every name (mDNS): ours must be nobody else's.
const callee = `gateway-test-${process.pid}`;
const folder = await mkdtemp(join(tmpdir(), 'gateway-sidecar-'));
// Where nothing was built yet, daprd is built first.
const toolsMs = 20 * 60_000;
const children: ChildProcess[] = [];

/** Starts a daprd and waits until it answers; gives its HTTP port. */
async function startDaprd(daprd: string, appId: string, appPort?: number): Promise<number> {
  const [http, grpc, inner, metrics] = (await freePorts(4)).map(String);
  const flags = {
    'app-id': appId,
    'dapr-http-port': http,
    'dapr-grpc-port': grpc,
    'dapr-internal-grpc-port': inner,
    'metrics-port': metrics,
    'resources-path': folder,
    'dapr-listen-addresses': '127.0.0.1',
    'max-body-size': '16Mi',
    ...(appPort && { 'app-port': String(appPort) }),
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const env = { ...process.env, DAPR_HOST_IP: '127.0.0.1' };
  children.push(spawn(daprd, args, { env, stdio: 'ignore' }));
  const sidecar = createSidecar({ httpPort: Number(http), log });
  for (let i = 0; !(await sidecar.ready()); i += 1) {
    if (i > 300) throw new Error('daprd does not come up');
    await sleep(100);
  }
  await sidecar.close();
  return Number(http);
}

describe('through two real sidecars', () => {
  let gateway: TestGateway;
  let app: Awaited<ReturnType<typeof listen>>;
  const seen: Seen[] = [];

  beforeAll(async () => {
    const { daprd } = await ensureTools(() => undefined);
    await writeFile(join(folder, 'none.yaml'), '');
    app = await listen(async (req, res) => {
      res.setHeader('x-request-id', 'app');
      if (req.url === '/api/echo/problem') return problem(res, 409, 'conflict');
      if (req.url === '/api/echo/size') {
        // A body that is cut off was refused on the way.
        return readAll(req)
          .then((body) => res.end(String(body.length)))
          .catch(() => res.destroy());
      }
      if (req.url === '/api/echo/etag')
        return res.writeHead(req.headers['if-none-match'] ? 304 : 200, { etag: '"a"' }).end();
      return echo(seen)(req, res);
    });
    const [own] = await Promise.all([startDaprd(daprd, `${callee}-gateway`), startDaprd(daprd, callee, app.port)]);
    const upstream = createUpstream(`http://127.0.0.1:${own}`, 20_000);
    gateway = await startTestGateway((_req, res) => res.end(), {}, { upstream, routes: { '/api/echo': callee } });
    for (let i = 0; (await call(gateway.port, '/api/echo')).status !== 200; i += 1)
      if (i > 20) throw new Error('no invocation');
  }, toolsMs);

  afterAll(async () => {
    await gateway?.stop();
    await app?.close();
    for (const child of children) child.kill();
    await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
    await rm(folder, { recursive: true });
  });

  it.each(['/api/echo/a%20b/%C3%A9;v=1,2?a=%2F%23&b=%zz&c=a+b&=', '/api/echo/.well-known/x.json?isRead=false'])(
    '%s arrives as it was sent',
    async (path) => {
      seen.length = 0;
      const answer = await call(gateway.port, path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"a":1}',
      });
      expect(answer.status).toBe(200);
      expect(seen[0]).toMatchObject({ url: path, body: '{"a":1}', method: 'POST' });
      expect(seen[0]?.headers['x-forwarded-for']).toMatch(/^127\.0\.0\.1/);
      expect(seen[0]?.headers['dapr-caller-app-id']).toBe(`${callee}-gateway`);
    },
  );

  it('nothing a client writes reaches the sidecars', async () => {
    seen.length = 0;
    await call(gateway.port, '/api/echo', {
      headers: {
        'dapr-caller-app-id': 'auth',
        'dapr-app-id': 'nobody',
        'grpc-timeout': '1n',
        'x-forwarded-for': '6.6.6.6',
      },
    });
    expect(seen[0]?.headers['dapr-caller-app-id']).toBe(`${callee}-gateway`);
    expect(seen[0]?.headers['x-forwarded-for']).not.toContain('6.6.6.6');
  });

  it('problems, ETags and bodies up to the limit pass', async () => {
    expect((await call(gateway.port, '/api/echo/problem')).json()).toEqual({ code: 'conflict', status: 409 });
    expect((await call(gateway.port, '/api/echo/etag', { headers: { 'if-none-match': '"a"' } })).status).toBe(304);
    const body = Buffer.alloc(16 * 1024 * 1024, 1);
    expect((await call(gateway.port, '/api/echo/size', { method: 'PUT', body })).text).toBe(String(body.length));
    expect(
      (await call(gateway.port, '/api/echo/size', { method: 'PUT', body, headers: { 'transfer-encoding': 'chunked' } }))
        .text,
    ).toBe(String(body.length));
    const more = Buffer.alloc(body.length + 1);
    expect(
      (
        await call(gateway.port, '/api/echo/size', {
          method: 'PUT',
          body: more,
          headers: { connection: 'close', 'transfer-encoding': 'chunked' },
        })
      ).status,
    ).toBe(413);
  });

  it('a callee that is down is a 503 without its address, and a retry finds it when it is back', async () => {
    const { port } = app;
    await app.close();
    const answer = await call(gateway.port, '/api/echo', { method: 'DELETE' });
    expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable' });
    expect(answer.text).not.toMatch(/127\.0\.0\.1|rpc/);
    const waiting = call(gateway.port, '/api/echo', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    await sleep(100);
    const back = echo(seen);
    app = await listen((req, res) => {
      res.setHeader('x-request-id', 'app');
      back(req, res);
    }, port);
    expect((await waiting).status).toBe(200);
  });
});
