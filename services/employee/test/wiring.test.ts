import { loadConfig } from '@muster/service-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../src/config.ts';
import { connectLogins } from '../src/connect-logins.ts';
import { startSweeps } from '../src/jobs/start-sweeps.ts';
import { createHarness, type Harness } from './support/harness.ts';

let on: Harness;
beforeAll(async () => {
  on = await createHarness();
});
afterAll(() => on.drop());

describe('configuration', () => {
  const given = {
    DATABASE_URL: 'postgres://muster@127.0.0.1/employee',
    APP_API_TOKEN: 'app-token-1',
    MUSTER_DEFAULT_SITE: '0198aaaa-0000-7000-8000-000000000001',
    S3_ENDPOINT: 'http://127.0.0.1:7070',
    S3_ACCESS_KEY: 'a',
    S3_SECRET_KEY: 'b',
  };

  it('needs no more than this', () => {
    expect(loadConfig(configSchema, given)).toMatchObject({ PORT: 8102, S3_BUCKET: 'muster-photos' });
  });

  it('names every missing and bad variable at once', () => {
    const bad = { ...given, DATABASE_URL: undefined, S3_ENDPOINT: 'x', MUSTER_DEFAULT_SITE_ZONE: 'Mars/Olympus' };
    expect(() => loadConfig(configSchema, bad)).toThrow(/DATABASE_URL.*MUSTER_DEFAULT_SITE_ZONE.*S3_ENDPOINT/s);
  });
});

describe('what runs beside the requests', () => {
  it('asks auth for the login by its operations, on behalf of the actor', async () => {
    const calls: { app: string; method: string; path: string; body?: unknown }[] = [];
    const logins = connectLogins({
      invoke: async (call) => {
        calls.push(call);
        const answer = call.method === 'POST' ? { userId: on.hr.id, invitationToken: 't' } : undefined;
        return answer as never;
      },
    });
    const login = { id: on.hr.id, email: 'a@b.org', name: 'A', role: 'employee' as const };
    const actor = { id: on.admin.id, name: 'Admin', role: 'admin' as const };
    expect((await logins.open(login, actor)).invitationToken).toBe('t');
    await logins.remove(on.hr.id);
    expect(calls).toMatchObject([
      { app: 'auth', method: 'POST', path: '/internal/logins', body: login, actor },
      { app: 'auth', method: 'DELETE', path: `/internal/logins/${on.hr.id}` },
    ]);
  });

  it('sweeps now and then, and stops', async () => {
    await on.sql`insert into photo_garbage (key, delete_after) values ('photos/x', ${'2026-01-01T00:00:00Z'})`;
    const sweeps = startSweeps(on.deps, 5);
    await expect.poll(async () => (await on.sql`select from photo_garbage`).length, { timeout: 20_000 }).toBe(0);
    await sweeps.stop();
  });
});

describe('the documents', () => {
  it('describes every route it serves, and none else', async () => {
    const { paths } = (await on.ask('GET', '/openapi.json')).body;
    const described = Object.entries(paths as Record<string, object>)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
      .sort();
    const served = on.app.routes
      .filter((route) => route.method !== 'ALL' && route.path.startsWith('/api/'))
      .map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    expect(described).toEqual([...new Set(served)].sort());
    expect(described).toHaveLength(32);
  });

  it('gives page numbers as bounded integers that may be left out', async () => {
    const { paths } = (await on.ask('GET', '/openapi.json')).body;
    const parameters: { name: string }[] = paths['/api/employees'].get.parameters;
    expect(parameters.find(({ name }) => name === 'limit')).toEqual({
      name: 'limit',
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 10 },
    });
  });

  it('answers health, readiness and metrics', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) expect((await on.ask('GET', path)).status).toBe(200);
  });
});
