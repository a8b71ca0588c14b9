import { createRoute } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHttp, createRouter, jsonOk, noContent } from '../src/index.ts';
import { silent } from './example-app.ts';

const read = createRoute({ method: 'get', path: '/me', responses: { 200: jsonOk(z.object({ me: z.boolean() })) } });
const list = createRoute({
  method: 'get',
  path: '/list',
  request: { query: z.strictObject({ limit: z.string().optional() }) },
  responses: { 200: jsonOk(z.object({ limit: z.string().optional() })) },
});
const act = createRoute({ method: 'post', path: '/leave', responses: { 204: noContent() } });

function app() {
  const router = createRouter();
  router.use('/me', async (c, next) => (c.req.header('authorization') ? next() : c.text('', 401)));
  router.openapi(read, (c) => c.json({ me: true }, 200)).openapi(act, (c) => c.body(null, 204));
  router.openapi(list, (c) => c.json({ limit: c.req.valid('query').limit }, 200));
  const whole = createHttp({ service: 'test', log: silent });
  whole.route('/api', router);
  return whole;
}
const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
const send = (body: string | undefined, type = 'application/json') =>
  app().request('/api/leave', {
    method: 'POST',
    headers: { 'content-type': type, 'content-length': String(body?.length ?? 0) },
    ...(body !== undefined && { body }),
  });

describe('what a route does not declare is refused', () => {
  it('a query on a route that has none', async () => {
    const answer = await app().request('/api/me?surprise=1', { headers });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'surprise', in: 'query' }] });
    expect((await app().request('/api/me', { headers })).status).toBe(200);
  });

  it('a parameter given twice, so that nobody takes the one and somebody else the other', async () => {
    expect((await app().request('/api/list?limit=1', { headers })).status).toBe(200);
    const twice = await app().request('/api/list?limit=1&limit=2', { headers });
    expect(twice.status).toBe(400);
    expect(await twice.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'limit', in: 'query' }] });
  });

  it('after who asks is known: strangers learn nothing of the route', async () => {
    expect((await app().request('/api/me?surprise=1')).status).toBe(401);
  });

  it('fields in the body of a route that takes none', async () => {
    const answer = await send('{"surprise":1}');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'invalid_input', errors: [{ field: 'surprise', in: 'body' }] });
    expect((await send('[1]')).status).toBe(400);
    expect(await (await send('{')).json()).toMatchObject({ code: 'invalid_json' });
    expect((await send('hello', 'text/plain')).status).toBe(415);
  });

  it('but an empty body, whatever its type, and an empty object say nothing', async () => {
    expect((await send(undefined)).status).toBe(204);
    expect((await send('', 'text/plain')).status).toBe(204);
    expect((await send('{}')).status).toBe(204);
  });
});
