import { afterEach, describe, expect, it } from 'vitest';
import { call, echo, type Seen, startTestGateway, type TestGateway } from './harness.ts';

let gateway: TestGateway;
const seen: Seen[] = [];
afterEach(() => gateway.stop());
const start = async (origins: string): Promise<void> => {
  seen.length = 0;
  gateway = await startTestGateway(echo(seen), { CORS_ORIGINS: origins });
};
const preflight = (origin: string, path = '/api/echo') =>
  call(gateway.port, path, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization' },
  });

describe('CORS', () => {
  it('answers a preflight itself, for origins on the list', async () => {
    await start('https://app.example, http://localhost:5173');
    const answer = await preflight('https://app.example');
    expect(answer).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': 'https://app.example',
        'access-control-max-age': '600',
        vary: 'Origin',
      },
    });
    expect(answer.headers['access-control-allow-methods']).toContain('PUT');
    expect(answer.headers['access-control-allow-headers']).toMatch(/Authorization.*Idempotency-Key.*If-Match/);
    expect((await preflight('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
    expect(seen).toEqual([]);
  });

  it('marks answers of services, errors and pages alike, and replaces what a service says', async () => {
    await start('https://app.example');
    gateway.answer((_req, res) => res.writeHead(200, { 'access-control-allow-origin': '*', vary: 'Accept' }).end());
    for (const path of ['/api/echo', '/api/none', '/healthz', '/socket.io/?EIO=4']) {
      const answer = await call(gateway.port, path, { headers: { origin: 'https://app.example' } });
      expect(answer.headers['access-control-allow-origin']).toBe('https://app.example');
      expect(answer.headers['access-control-expose-headers']).toContain('Retry-After');
      expect(answer.headers.vary).toContain('Origin');
    }
    const other = await call(gateway.port, '/api/echo', { headers: { origin: 'https://evil.example' } });
    expect(other).toMatchObject({ status: 200, headers: { vary: expect.stringContaining('Origin') } });
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('is closed by default and open with *', async () => {
    await start('');
    expect((await preflight('https://app.example')).headers['access-control-allow-origin']).toBeUndefined();
    await gateway.stop();
    await start('*');
    expect((await preflight('https://any.example')).headers['access-control-allow-origin']).toBe('*');
  });

  it('passes an OPTIONS that is no preflight on', async () => {
    await start('*');
    await call(gateway.port, '/api/echo', { method: 'OPTIONS' });
    expect(seen[0]?.method).toBe('OPTIONS');
  });
});
