import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  call,
  daprError,
  echo,
  problem,
  raw,
  readAll,
  type Seen,
  startTestGateway,
  type TestGateway,
} from './harness.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway((_req, res) => res.end(), { UPSTREAM_TIMEOUT_MS: '400' });
});
afterAll(() => gateway.stop());

const down =
  'failed to invoke, id: echo, err: rpc error: code = Internal desc = error invoking app channel: Get "http://127.0.0.1:18101/api/echo": dial tcp 127.0.0.1:18101: connect: connection refused';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('errors that are not a service’s own', () => {
  it('a success that no service signed is daprd’s invention: nothing happened behind it', async () => {
    gateway.answer((_req, res) => {
      res.removeHeader('x-request-id');
      res.writeHead(200, { 'content-length': '0' }).end();
    });
    const answer = await call(gateway.port, '/api/echo', { method: 'POST', headers: form, body: 'a=1' });
    expect(answer.json()).toMatchObject({ status: 503, code: 'unavailable' });
    expect(answer.headers['retry-after']).toBe('2');
  });

  it.each([
    ['a callee that is down', down, 503, 'unavailable'],
    ['an app nobody knows', "failed to invoke, id: echo, err: couldn't find service: echo", 503, 'unavailable'],
    [
      'access control',
      'failed to invoke, id: echo, err: rpc error: code = PermissionDenied desc = access control policy has denied access to id: spiffe://public/ns/muster/gateway',
      403,
      'forbidden',
    ],
    ['a body Dapr finds too large', 'failed to invoke, id: echo, err: stream too large', 413, 'body_too_large'],
    [
      'a path Dapr refuses',
      'failed to invoke, id: echo, err: rpc error: code = InvalidArgument desc = invalid method',
      400,
      'invalid_path',
    ],
    [
      'a deadline',
      'failed to invoke, id: echo, err: rpc error: code = DeadlineExceeded desc = context deadline exceeded',
      504,
      'timeout',
    ],
  ])('become problems: %s', async (_name, message, status, code) => {
    gateway.answer((_req, res) => daprError(res, message));
    const answer = await call(gateway.port, '/api/echo', { method: 'POST', headers: form, body: 'a=1' });
    expect(answer.json()).toMatchObject({ status, code, requestId: expect.any(String) });
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.text).not.toMatch(/127\.0\.0\.1|rpc|spiffe|Dapr|echo/i);
    expect(answer.headers['retry-after']).toBe(status === 503 ? '2' : undefined);
  });

  it.each([
    [404, 'not_found'],
    [400, 'invalid_path'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [418, 'invalid_input'],
    [502, 'unavailable'],
    [500, 'internal'],
  ])('a bare %i becomes %s', async (status, code) => {
    gateway.answer((_req, res) =>
      res.writeHead(status, { 'content-type': 'text/plain' }).end('Goroutine 1 at 10.0.0.1'),
    );
    const answer = await call(gateway.port, '/api/echo', { method: 'POST', headers: form, body: 'a=1' });
    expect(answer.json().code).toBe(code);
    expect(answer.text).not.toContain('10.0.0.1');
  });

  it('of HEAD have no body', async () => {
    gateway.answer((_req, res) => daprError(res, down));
    const answer = await call(gateway.port, '/api/echo', { method: 'HEAD' });
    expect(answer).toMatchObject({ status: 503, text: '', headers: { 'content-type': 'application/problem+json' } });
  });

  it('leave a service’s own problem as it is', async () => {
    gateway.answer((_req, res) => problem(res, 503, 'overloaded', { 'retry-after': '7' }));
    const answer = await call(gateway.port, '/api/echo');
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '7' } });
    expect(answer.json()).toEqual({ code: 'overloaded', status: 503 });
  });

  it('leave what a service words as another protocol asks: OAuth has errors of its own', async () => {
    const refused = { error: 'invalid_client', error_description: 'No such client.' };
    gateway.answer((_req, res) =>
      res
        .writeHead(401, { 'content-type': 'application/json', 'www-authenticate': 'Basic realm="muster"' })
        .end(JSON.stringify(refused)),
    );
    const answer = await call(gateway.port, '/api/echo', { method: 'POST', headers: form, body: 'a=1' });
    expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Basic realm="muster"' } });
    expect(answer.json()).toEqual(refused);
  });

  it('a service that says nothing is a 504', async () => {
    gateway.answer(() => undefined);
    expect((await call(gateway.port, '/api/echo')).json()).toMatchObject({ status: 504, code: 'timeout' });
  });

  it('a request that cannot be parsed is a problem as well', async () => {
    expect(await raw(gateway.port, 'NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1.1 400.*application\/problem\+json/s);
  });
});

describe('trying again', () => {
  /** Fails `times` times, then echoes. */
  const flaky = (times: number, seen: Seen[]): RequestListener => {
    let left = times;
    return async (req, res) => {
      if (left-- <= 0) return echo(seen)(req, res);
      await readAll(req);
      daprError(res, down);
    };
  };
  const json = { 'content-type': 'application/json' };

  it.each([
    ['GET', {}, undefined],
    ['HEAD', {}, undefined],
    ['POST', json, '{"a":1}'],
    ['POST', {}, undefined],
    ['PUT', { ...json, 'idempotency-key': 'k' }, '{"a":1}'],
    ['POST', { ...form, 'idempotency-key': 'k' }, 'a=1'],
  ])('%s %o is sent again until the callee is back', async (method, headers, body) => {
    const seen: Seen[] = [];
    gateway.answer(flaky(2, seen));
    const answer = await call(gateway.port, '/api/echo', {
      method,
      headers: headers as Record<string, string>,
      ...(body && { body }),
    });
    expect(answer.status).toBe(200);
    expect(seen[0]?.body).toBe(body ?? '');
  });

  it.each([
    ['PATCH', json, '{"a":1}'],
    ['DELETE', {}, undefined],
    ['POST', form, 'a=1'],
    ['POST', { ...json, 'idempotency-key': 'k' }, 'x'.repeat(70_000)],
  ])('%s %o is not', async (method, headers, body) => {
    const seen: Seen[] = [];
    gateway.answer(flaky(1, seen));
    const answer = await call(gateway.port, '/api/echo', {
      method,
      headers: headers as Record<string, string>,
      ...(body && { body }),
    });
    expect(answer.status).toBe(503);
    expect(seen).toEqual([]);
  });

  it('gives a JSON POST one key for all its attempts, and keeps a given one', async () => {
    const keys: (string | undefined)[] = [];
    gateway.answer((req, res) => {
      keys.push(req.headers['idempotency-key'] as string | undefined);
      if (keys.length < 3) daprError(res, down);
      else res.end();
    });
    await call(gateway.port, '/api/echo', { method: 'POST', headers: json, body: '{}' });
    expect(keys).toHaveLength(3);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(keys).size).toBe(1);
    await call(gateway.port, '/api/echo', {
      method: 'POST',
      headers: { ...json, 'idempotency-key': 'mine' },
      body: '{}',
    });
    expect(keys[3]).toBe('mine');
    await call(gateway.port, '/api/echo', { method: 'PUT', headers: json, body: '{}' });
    expect(keys[4]).toBeUndefined();
    await call(gateway.port, '/api/echo', {
      method: 'POST',
      headers: { ...json, 'transfer-encoding': 'chunked' },
      body: '{}',
    });
    expect(keys[5]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not send again what a service answered', async () => {
    let asked = 0;
    gateway.answer((_req, res) => {
      asked += 1;
      problem(res, 503, 'unavailable');
    });
    await call(gateway.port, '/api/echo');
    expect(asked).toBe(1);
  });

  it('gives up with 503 when the sidecar stays away, and works when it is back', async () => {
    gateway.answer(echo([]));
    await gateway.sidecar.close();
    expect((await call(gateway.port, '/api/echo')).json()).toMatchObject({ status: 503, code: 'unavailable' });
    const waiting = call(gateway.port, '/api/echo', { method: 'PATCH', headers: json, body: '{}' });
    await gateway.sidecar.reopen();
    // Not one byte had been sent, so even a PATCH may try again.
    expect((await waiting).status).toBe(200);
  });
});
