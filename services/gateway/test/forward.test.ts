import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, echo, raw, type Seen, startTestGateway, type TestGateway } from './harness.ts';

let gateway: TestGateway;
const seen: Seen[] = [];
beforeAll(async () => {
  gateway = await startTestGateway(echo(seen));
});
beforeEach(() => {
  seen.length = 0;
  gateway.answer(echo(seen));
});
afterAll(() => gateway.stop());

describe('what goes on', () => {
  it.each([
    '/api/echo',
    '/api/echo/a/b',
    '/api/echo?a=1&b=%zz&c=a+b&d=%20%2F%00&e=;x&f&&=',
    '/api/echo?isRead=false',
    '/api/echo?',
    '/api/echo/.well-known/x.json',
    '/api/echo/a%20b/%C3%A9;v=1,2',
  ])('keeps %s byte for byte', async (path) => {
    expect((await call(gateway.port, path)).status).toBe(200);
    expect(seen[0]?.url).toBe(path);
    expect(seen[0]?.headers['dapr-app-id']).toBe('echo');
  });

  it('refuses raw bytes in a query, for which Dapr has an empty 400', async () => {
    const text = await raw(gateway.port, 'GET /api/echo?q=\xc3\xa9 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1.1 400.*invalid_path/s);
    expect(seen).toEqual([]);
  });

  it('leads each prefix to its app, whole segments only', async () => {
    await call(gateway.port, '/api/other/1');
    expect(seen[0]?.headers['dapr-app-id']).toBe('other');
    expect((await call(gateway.port, '/api/others')).json()).toMatchObject({ code: 'not_found', status: 404 });
    expect((await call(gateway.port, '/api/__proto__')).status).toBe(404);
  });

  it('passes methods and bodies', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await call(gateway.port, '/api/echo', {
        method,
        body: '{"a":1}',
        headers: { 'content-length': '7' },
      });
      expect(answer.json()).toMatchObject({ method, body: '{"a":1}' });
    }
  });

  it('strips what speaks to sidecars and what belongs to the connection', async () => {
    await call(gateway.port, '/api/echo', {
      headers: {
        'dapr-app-id': 'auth',
        'dapr-caller-app-id': 'attendance',
        'Dapr-Api-Token': 'stolen',
        'grpc-timeout': '1n',
        'x-muster-actor': 'e30',
        connection: 'keep-alive, x-private',
        'x-private': '1',
        te: 'trailers',
        'proxy-authorization': 'Basic x',
        authorization: 'Bearer user-1',
        'if-none-match': '"a"',
      },
    });
    const names = Object.keys(seen[0]?.headers ?? {});
    expect(names.filter((name) => name.startsWith('dapr-'))).toEqual(['dapr-app-id']);
    expect(seen[0]?.headers['dapr-app-id']).toBe('echo');
    for (const gone of ['grpc-timeout', 'x-muster-actor', 'x-private', 'te', 'proxy-authorization'])
      expect(names).not.toContain(gone);
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer user-1', 'if-none-match': '"a"' });
  });

  it('says itself who asks, and keeps a good request id and trace', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await call(gateway.port, '/api/echo', {
      headers: {
        'x-forwarded-for': '6.6.6.6',
        forwarded: 'for=6.6.6.6',
        'x-real-ip': '6.6.6.6',
        host: 'muster.example',
        'x-request-id': 'abc-1',
        traceparent,
      },
    });
    expect(seen[0]?.headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'muster.example',
      'x-request-id': 'abc-1',
      traceparent,
    });
    expect(seen[0]?.headers.forwarded).toBeUndefined();
    expect(seen[0]?.headers['x-real-ip']).toBeUndefined();
    expect(answer.headers['x-request-id']).toBe('abc-1');
  });

  it('passes the client’s User-Agent on, and says so where there is none: the sidecar would put in its own', async () => {
    for (const [sent, passed] of [
      ['phone/1', 'phone/1'],
      ['', '-'],
      [undefined, '-'],
    ]) {
      await call(gateway.port, '/api/echo', { headers: sent === undefined ? {} : { 'user-agent': sent } });
      expect(seen.at(-1)?.headers['user-agent']).toBe(passed);
    }
  });

  it('makes a request id and a trace where the given ones are not usable', async () => {
    await call(gateway.port, '/api/echo', { headers: { 'x-request-id': 'a b"', traceparent: 'nonsense' } });
    expect(seen[0]?.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen[0]?.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });
});

describe('what comes back', () => {
  it('passes status, ETag, ranges, cookies and a HEAD without a body', async () => {
    gateway.answer((req, res) => {
      if (req.headers['if-none-match']) return res.writeHead(304, { etag: '"a"' }).end();
      if (req.headers.range)
        return res.writeHead(206, { 'content-range': 'bytes 0-1/4', 'content-type': 'image/png' }).end('ab');
      res.writeHead(200, { etag: '"a"', 'content-length': 4, 'dapr-secret': '1', 'x-cache': 'hit' }).end('abcd');
    });
    expect(await call(gateway.port, '/api/echo', { headers: { 'if-none-match': '"a"' } })).toMatchObject({
      status: 304,
      text: '',
    });
    const part = await call(gateway.port, '/api/echo', { headers: { range: 'bytes=0-1' } });
    expect(part).toMatchObject({
      status: 206,
      text: 'ab',
      headers: { 'content-range': 'bytes 0-1/4', 'content-type': 'image/png' },
    });
    const head = await call(gateway.port, '/api/echo', { method: 'HEAD' });
    expect(head).toMatchObject({
      status: 200,
      text: '',
      headers: { etag: '"a"', 'content-length': '4', 'x-cache': 'hit' },
    });
    expect(head.headers['dapr-secret']).toBeUndefined();
  });

  it('carries the same security headers whoever answers', async () => {
    gateway.answer((_req, res) =>
      res.writeHead(200, { 'x-frame-options': 'ALLOWALL', 'content-security-policy': 'x' }).end(),
    );
    for (const path of ['/api/echo', '/api/nothing', '/healthz', '/nothing', '/api/echo/%00']) {
      expect((await call(gateway.port, path)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      });
    }
  });
});
