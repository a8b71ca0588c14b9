import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { call, daprError, startTestGateway, type TestGateway } from './harness.ts';

let gateway: TestGateway;
afterEach(() => gateway.stop());

/** A sidecar in front of apps that are ready or not; everything else of Dapr answers 204. */
const apps =
  (ready: Record<string, boolean>, documents: Record<string, object> = {}): RequestListener =>
  (req, res) => {
    const [, app = '', path = ''] = /^\/v1\.0\/invoke\/(\w+)\/method(\/.*)$/.exec(req.url ?? '') ?? [];
    if (!app) return res.writeHead(204).end();
    if (ready[app] === false) return daprError(res, 'dial tcp 10.1.2.3:80: connect: connection refused');
    const body = path === '/openapi.json' ? documents[app] : { status: 'ready' };
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

describe('/health', () => {
  it.each([
    [{}, 200, { status: 'healthy', services: { echo: 'healthy', other: 'healthy' } }],
    [{ other: false }, 200, { status: 'degraded', services: { echo: 'healthy', other: 'unhealthy' } }],
    [{ echo: false, other: false }, 503, { status: 'unhealthy', services: { echo: 'unhealthy', other: 'unhealthy' } }],
  ])('of %o is %i', async (ready, status, body) => {
    gateway = await startTestGateway(apps(ready));
    const answer = await call(gateway.port, '/health');
    expect(answer.status).toBe(status);
    expect(answer.json()).toEqual({ ...body, circuits: { echo: 'closed', other: 'closed' } });
  });

  it('asks the services once for many who want to know', async () => {
    let asked = 0;
    gateway = await startTestGateway((req, res) => {
      if (req.url?.includes('/readyz')) asked += 1;
      res.end('{}');
    });
    await Promise.all(Array.from({ length: 20 }, () => call(gateway.port, '/health')));
    expect(asked).toBe(2);
  });

  it('is 503 with the sidecar gone, while the gateway itself lives', async () => {
    gateway = await startTestGateway(apps({}));
    await gateway.sidecar.close();
    expect((await call(gateway.port, '/health')).status).toBe(503);
    expect((await call(gateway.port, '/healthz')).status).toBe(200);
    expect((await call(gateway.port, '/readyz')).status).toBe(503);
  });
});

describe('/openapi.json', () => {
  const operation = (ref: string) => ({
    operationId: 'list',
    responses: { 200: { description: 'OK', content: { 'application/json': { schema: { $ref: ref } } } } },
  });
  const base = { openapi: '3.1.0', info: { title: 'x', version: '1' } };
  const documents = {
    echo: {
      ...base,
      paths: {
        '/api/echo': { get: operation('#/components/schemas/Page') },
        '/internal/x': { get: {} },
        '/readyz': { get: {} },
      },
      components: { schemas: { Page: { type: 'object' } } },
    },
    other: {
      ...base,
      paths: { '/api/other/{id}': { get: operation('#/components/schemas/Page') }, '/api/echo/stolen': { get: {} } },
      components: { schemas: { Page: { type: 'array' } } },
    },
  };

  it('is one document of the public routes of all services', async () => {
    gateway = await startTestGateway(apps({}, documents));
    const merged = (await call(gateway.port, '/openapi.json')).json();
    expect(merged).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/' }] });
    expect(Object.keys(merged.paths as object).sort()).toEqual(['/api/echo', '/api/other/{id}', '/health']);
  });

  it('is there for clients that pin the version, with that as its server', async () => {
    gateway = await startTestGateway(apps({}, documents));
    const pinned = (await call(gateway.port, '/api/v1/openapi.json')).json();
    expect(pinned).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/api/v1' }] });
    expect(Object.keys(pinned.paths as object).sort()).toEqual(['/echo', '/other/{id}']);
  });

  it('is served without a service that is away, and with it once it is back', async () => {
    gateway = await startTestGateway(apps({ other: false }, documents));
    expect(Object.keys((await call(gateway.port, '/openapi.json')).json().paths as object)).not.toContain(
      '/api/other/{id}',
    );
    gateway.answer(apps({}, documents));
    expect(Object.keys((await call(gateway.port, '/openapi.json')).json().paths as object)).toContain(
      '/api/other/{id}',
    );
  });
});

describe('/docs', () => {
  it('is a page whose every part comes from here', async () => {
    gateway = await startTestGateway(apps({}));
    const page = await call(gateway.port, '/docs');
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.text).not.toMatch(/https?:|<script>/);
    const parts = [...page.text.matchAll(/(?:src|link rel="stylesheet" href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(parts).toHaveLength(4);
    for (const path of parts) {
      const part = await call(gateway.port, path);
      expect(part.status).toBe(200);
      expect(part.headers['content-type']).toMatch(/javascript|css/);
      const again = await call(gateway.port, path, { headers: { 'if-none-match': String(part.headers.etag) } });
      expect(again.status).toBe(304);
    }
  });

  it('is where the front door leads', async () => {
    gateway = await startTestGateway(apps({}));
    expect(await call(gateway.port, '/')).toMatchObject({ status: 302, headers: { location: '/docs' } });
    expect((await call(gateway.port, '/metrics')).text).toContain('http_request_duration_seconds');
  });
});
