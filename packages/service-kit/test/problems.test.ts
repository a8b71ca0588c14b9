import { errorCodes, errorStatus, problemSchema } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { exampleApp, id } from './example-app.ts';

const app = exampleApp();
const json = { 'content-type': 'application/json' };

async function problemOf(answer: Response | Promise<Response>) {
  const response = await answer;
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.requestId).toBe(response.headers.get('x-request-id'));
  return { ...problem, headers: response.headers };
}

describe('every error is a problem', () => {
  it.each(errorCodes)('%s travels under its status', async (code) => {
    const problem = await problemOf(app.request(`/fail/${code}`));
    expect(problem).toMatchObject({ code, status: errorStatus[code], type: `urn:muster:problem:${code}` });
    expect(problem.headers.get('retry-after')).toBe('7');
  });

  it('says nothing of the inside when a handler breaks', async () => {
    const problem = await problemOf(app.request('/bug'));
    expect(problem).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(problem)).not.toContain('users_v2');
  });

  it('answers an outage with 503, Retry-After and no address', async () => {
    const problem = await problemOf(app.request('/outage'));
    expect(problem).toMatchObject({ status: 503, code: 'unavailable' });
    expect(Number(problem.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.stringify(problem)).not.toContain('10.0.0.7');
  });

  it('challenges on 401', async () => {
    const answer = await app.request('/fail/unauthenticated');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });
});

describe('paths and methods', () => {
  it('404 for an unknown path, whatever the method', async () => {
    expect((await problemOf(app.request('/nowhere'))).code).toBe('not_found');
    expect((await problemOf(app.request('/nowhere', { method: 'DELETE' }))).code).toBe('not_found');
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST'])('405 with Allow for %s on a GET route', async (method) => {
    const problem = await problemOf(app.request(`/people/${id}`, { method }));
    expect(problem.code).toBe('method_not_allowed');
    expect(problem.headers.get('allow')).toBe('GET, HEAD');
  });

  it('HEAD answers like GET, without a body', async () => {
    const answer = await app.request(`/people/${id}`, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  it.each([
    '/people/%00',
    '/people/%',
    '/people/%zz',
    '/people/%ff',
    `/people/${id}?limit=%00`,
    `/people/${id}?a=%c3%28`,
  ])('400 invalid_path for %s', async (path) => {
    expect(await problemOf(app.request(path))).toMatchObject({ status: 400, code: 'invalid_path' });
  });
});

describe('validation', () => {
  const post = (body: string, headers: Record<string, string> = json) =>
    app.request('/people', { method: 'POST', body, headers });

  it('has one entry per field, unknown ones too', async () => {
    const problem = await problemOf(
      post(JSON.stringify({ name: 'a', age: 1.5, tags: ['x', 3], role: 'admin', 'x.y': 1 })),
    );
    expect(problem.code).toBe('invalid_input');
    expect(problem.errors?.map((error) => error.field).sort()).toEqual(['age', 'name', 'role', 'tags.1', 'x.y']);
    expect(new Set(problem.errors?.map((error) => error.in))).toEqual(new Set(['body']));
  });

  it('names path and query', async () => {
    const path = await problemOf(app.request('/people/7'));
    expect(path.errors).toEqual([{ field: 'id', message: expect.any(String), in: 'path' }]);
    const query = await problemOf(app.request(`/people/${id}?limit=x&nope=1`));
    expect(query.errors?.map((error) => [error.field, error.in])).toEqual([
      ['limit', 'query'],
      ['nope', 'query'],
    ]);
  });

  it.each(['{', '', '{"name":}', 'nul'])('400 invalid_json for %j', async (body) => {
    expect((await problemOf(post(body))).code).toBe('invalid_json');
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/jsonx',
    'application/json;;',
    'multipart/form-data; boundary=x',
  ])('415 for %s', async (type) => {
    expect((await problemOf(post('{"name":"Ann"}', { 'content-type': type }))).status).toBe(415);
  });

  it('accepts JSON with a charset and answers 201', async () => {
    const answer = await post('{"name":"Ann"}', { 'content-type': 'application/json; charset=utf-8' });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ name: 'Ann', tags: [] });
  });

  it('a body that is no object is one complaint about the whole', async () => {
    expect((await problemOf(post('[]'))).errors).toHaveLength(1);
  });

  it('bounds what it repeats of hostile keys', async () => {
    const many = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`k${n}`, 1]));
    const large = exampleApp(1_000_000);
    const body = JSON.stringify({ name: 'Ann', ...many, ['z'.repeat(50_000)]: 1 });
    const answer = await large.request('/people', { method: 'POST', body, headers: json });
    expect(answer.status).toBe(400);
    expect((await answer.text()).length).toBeLessThan(20_000);
  });
});

describe('request id', () => {
  it('is on every answer, also one that a handler built itself', async () => {
    for (const path of ['/own', '/healthz', '/metrics', '/openapi.json', '/nowhere']) {
      expect((await app.request(path)).headers.get('x-request-id')).toMatch(/./);
    }
  });

  it('takes a harmless one over and replaces anything else', async () => {
    const given = await app.request('/healthz', { headers: { 'x-request-id': 'abc-1.2' } });
    expect(given.headers.get('x-request-id')).toBe('abc-1.2');
    for (const odd of ['a b', 'x'.repeat(65), '<script>']) {
      const answer = await app.request('/healthz', { headers: { 'x-request-id': odd } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    }
  });
});
