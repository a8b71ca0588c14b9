import { describe, expect, it } from 'vitest';
import { createHttp, mountHealth } from '../src/index.ts';
import { exampleApp, id, silent } from './example-app.ts';

describe('health', () => {
  it('is not ready while a check fails or throws, but alive', async () => {
    const app = createHttp({ service: 'test', log: silent });
    const down = async () => {
      throw new Error('down');
    };
    mountHealth(app, { ready: { database: down, sidecar: async () => true } });
    const ready = await app.request('/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: 'not ready', checks: { database: false, sidecar: true } });
    expect((await app.request('/healthz')).status).toBe(200);
  });

  it('asks a dependency once for many who ask at the same time', async () => {
    let asked = 0;
    const app = createHttp({ service: 'test', log: silent });
    const check = async () => {
      asked += 1;
      return true;
    };
    mountHealth(app, { ready: { check } });
    await Promise.all(Array.from({ length: 20 }, () => app.request('/readyz')));
    expect(asked).toBe(1);
  });

  it('counts requests by route pattern, not by path', async () => {
    const app = exampleApp();
    await app.request(`/people/${id}`);
    await app.request('/made-up/thing');
    const metrics = await (await app.request('/metrics')).text();
    expect(metrics).toContain('route="/people/:id"');
    expect(metrics).not.toContain(id);
    expect(metrics).not.toContain('made-up');
    expect(metrics).toContain('nodejs_eventloop_lag_p99_seconds');
  });
});

describe('openapi', () => {
  it('documents every answer of a route as a problem', async () => {
    const document = (await (await exampleApp().request('/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { responses: Record<string, { content?: object; description: string }> }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    const responses = document.paths['/people']?.post?.responses ?? {};
    const statuses = ['201', '400', '401', '403', '405', '409', '413', '415', '429', '500', '503', '504'];
    expect(Object.keys(responses)).toEqual(statuses);
    expect(Object.keys(responses['400']?.content ?? {})).toEqual(['application/problem+json']);
    expect(responses['400']?.description).toBe('invalid_input, invalid_json, invalid_path');
    expect(document.paths['/people/{id}']?.get?.responses).toHaveProperty('404');
  });
});
