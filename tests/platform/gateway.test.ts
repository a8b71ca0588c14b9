import { describe, expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { world } from '../src/world.ts';

describe('the front door', () => {
  it('keeps query strings', async () => {
    const { api, adminToken } = await world();
    const page = await api.call<{ meta: { limit: number; page: number } }>(
      'GET',
      '/api/employees?limit=3&page=2&search=%C3%A4',
      {
        token: adminToken(),
      },
    );
    expect(page).toMatchObject({ status: 200, body: { meta: { limit: 3, page: 2 } } });
  });

  it('describes every service in one document', async () => {
    const { api } = await world();
    const { body } = await api.call<{ openapi: string; paths: Record<string, unknown> }>('GET', '/openapi.json');
    expect(body.openapi).toMatch(/^3\.1/);
    for (const path of [
      '/api/auth/login',
      '/api/employees',
      '/api/attendance/check-in',
      '/api/notifications',
      '/api/audit-logs',
    ]) {
      expect(Object.keys(body.paths)).toContain(path);
    }
    expect(Object.keys(body.paths).filter((path) => /^\/(internal|events|job|dapr)/.test(path))).toEqual([]);
    const docs = await api.call<string>('GET', '/docs');
    expect(docs.status).toBe(200);
    expect(docs.headers['content-type']).toMatch(/text\/html/);
  });

  it('tells who is ill', async () => {
    const { api, platform } = await world();
    const healthy = await api.call('GET', '/health');
    expect(healthy).toMatchObject({ status: 200, body: { status: 'healthy' } });
    await platform.part('employee').stop();
    const ill = await eventually('degraded', async () => {
      const answer = await api.call<{ status: string; services: Record<string, unknown> }>('GET', '/health');
      return answer.body.status === 'degraded' ? answer : undefined;
    });
    expect(ill.status).toBe(200);
    const refused = await api.call('GET', '/api/sites');
    expect(refused).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(refused.headers['retry-after']).toBeDefined();
    expect(JSON.stringify(refused.body)).not.toMatch(/127\.0\.0\.1|ERR_DIRECT_INVOKE/);
    await platform.part('employee').start();
    await eventually('healthy again', async () => {
      const answer = await api.call<{ status: string }>('GET', '/health');
      return answer.body.status === 'healthy';
    });
  });

  it('sends security headers and answers preflights from the configuration', async () => {
    const { api } = await world();
    const { headers } = await api.call('GET', '/health');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    const preflight = await api.call('OPTIONS', '/api/auth/login', {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
  });
});
