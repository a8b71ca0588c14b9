import { afterEach, describe, expect, it } from 'vitest';
import { call, echo, problem, startTestGateway, type TestGateway } from './harness.ts';

let gateway: TestGateway;
afterEach(() => gateway.stop());
const start = async (env: Record<string, string> = {}): Promise<void> => {
  gateway = await startTestGateway(echo([]), { TRUST_PROXY_HOPS: '1', ...env });
};

/** As OWASP's Secure Headers project has it for an API. */
const wanted = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-site',
  'x-permitted-cross-domain-policies': 'none',
  'permissions-policy': expect.stringContaining('camera=()'),
  'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
};

describe('security headers', () => {
  it('are on every answer, whoever made it', async () => {
    await start();
    for (const path of [
      '/api/echo',
      '/api/none',
      '/api//x',
      '/health',
      '/docs',
      '/openapi.json',
      '/nowhere',
      '/socket.io/',
    ]) {
      expect((await call(gateway.port, path)).headers, path).toMatchObject(wanted);
    }
    gateway.answer((_req, res) => problem(res, 500, 'internal'));
    expect((await call(gateway.port, '/api/echo')).headers).toMatchObject(wanted);
    const preflight = { origin: 'https://x.example', 'access-control-request-method': 'PUT' };
    expect((await call(gateway.port, '/api/echo', { method: 'OPTIONS', headers: preflight })).headers).toMatchObject(
      wanted,
    );
  });

  it('replace what a service says, and nothing tells what an answer was made with', async () => {
    await start();
    gateway.answer((_req, res) => {
      res.setHeader('x-frame-options', 'ALLOWALL').setHeader('server', 'daprd').setHeader('x-powered-by', 'Hono').end();
    });
    const { headers } = await call(gateway.port, '/api/echo');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('keep answers out of caches unless the service says otherwise', async () => {
    await start();
    expect((await call(gateway.port, '/api/echo')).headers['cache-control']).toBe('no-store');
    gateway.answer((_req, res) => void res.setHeader('cache-control', 'private, max-age=60').end());
    expect((await call(gateway.port, '/api/echo')).headers['cache-control']).toBe('private, max-age=60');
  });

  it('ask for TLS where there is TLS, for as long as it is set', async () => {
    const tls = { headers: { 'x-forwarded-proto': 'https' } };
    await start();
    expect((await call(gateway.port, '/api/echo')).headers['strict-transport-security']).toBeUndefined();
    for (const path of ['/api/echo', '/docs']) {
      const { headers } = await call(gateway.port, path, tls);
      expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    }
    await gateway.stop();
    await start({ HSTS_MAX_AGE_SECONDS: '0' });
    expect((await call(gateway.port, '/api/echo', tls)).headers['strict-transport-security']).toBeUndefined();
  });
});
