import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { eventually } from '../src/eventually.ts';
import { checkExamples, type MergedDocument } from '../src/openapi-examples.ts';
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

  it('shows an example for every body and answer, and each is one that its schema takes', async () => {
    const { api } = await world();
    const { body } = await api.call<MergedDocument>('GET', '/openapi.json');
    const { shown, wrong } = checkExamples(body);
    expect(wrong).toEqual([]);
    expect(shown).toBeGreaterThan(80);
  });

  it('goes by two names: what /api has, /api/v1 has', async () => {
    const { api, adminToken } = await world();
    const [plain, pinned] = await Promise.all(
      ['/api/sites', '/api/v1/sites'].map((path) =>
        api.call<{ data: unknown[] }>('GET', path, { token: adminToken() }),
      ),
    );
    expect(pinned).toMatchObject({ status: 200, body: plain?.body });
    const created = await api.call('POST', '/api/v1/departments', { token: adminToken(), body: { name: uuid() } });
    expect(created.status).toBe(201);
    const location = String(created.headers.location);
    expect(location).toMatch(/^\/api\/v1\/departments\//);
    expect((await api.call('GET', location, { token: adminToken() })).status).toBe(200);
    const { body } = await api.call<MergedDocument>('GET', '/api/v1/openapi.json');
    expect(body).toMatchObject({ servers: [{ url: '/api/v1' }], paths: { '/attendance/check-in': expect.anything() } });
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
