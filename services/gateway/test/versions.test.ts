import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, echo, type Seen, startTestGateway, type TestGateway } from './harness.ts';

const seen: Seen[] = [];
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(echo(seen));
});
afterAll(() => gateway.stop());

describe('/api/v1', () => {
  it('is another name of every route', async () => {
    seen.length = 0;
    gateway.answer(echo(seen));
    for (const path of ['/api/v1/echo', '/api/v1/echo/7?a=%2F&b', '/api/v1/other']) {
      expect((await call(gateway.port, path)).status).toBe(200);
    }
    expect(seen.map(({ url }) => url)).toEqual(['/api/echo', '/api/echo/7?a=%2F&b', '/api/other']);
    expect(seen.map(({ headers }) => headers['dapr-app-id'])).toEqual(['echo', 'echo', 'other']);
  });

  it('is checked like every path, and there is no other version', async () => {
    expect((await call(gateway.port, '/api/v1/echo%2fx')).json()).toMatchObject({ code: 'invalid_path' });
    for (const path of ['/api/v1', '/api/v2/echo', '/api/v1/v1/echo', '/api/v11/echo', '/api/v1/nowhere']) {
      expect((await call(gateway.port, path)).json(), path).toMatchObject({ code: 'not_found' });
    }
  });

  it('is kept by Location, for who asked by it', async () => {
    gateway.answer((_req, res) => res.writeHead(201, { location: '/api/echo/7' }).end());
    const at = async (path: string) => (await call(gateway.port, path, { method: 'POST' })).headers.location;
    expect(await at('/api/v1/echo')).toBe('/api/v1/echo/7');
    expect(await at('/api/echo')).toBe('/api/echo/7');
    gateway.answer((_req, res) => res.writeHead(201, { location: 'https://elsewhere.example/api/echo' }).end());
    expect(await at('/api/v1/echo')).toBe('https://elsewhere.example/api/echo');
  });
});
