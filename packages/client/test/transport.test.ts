import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { isProblem, MusterProblem, MusterUnreachable } from '../src/errors.ts';
import { readRetryAfter } from '../src/retry-after.ts';
import { createTransport, type Request } from '../src/transport.ts';
import { fakeFetch, networkError, problem, type Step } from './fake-fetch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ok = { status: 200, body: { count: 3 } };
const answer = z.object({ count: z.int() });
const get: Request<{ count: number }> = { method: 'GET', path: '/api/x', answer };
const post: Request<{ count: number }> = { method: 'POST', path: '/api/x', body: { a: 1 }, answer };

/** Sends on a clock of its own; resolves to what came, and how long it took by that clock. */
async function play(request: Request<{ count: number }>, ...steps: Step[]) {
  const { fetch, seen } = fakeFetch(...steps);
  const transport = createTransport({ origin: 'http://muster.test/', fetch, timeoutMs: 5_000 });
  const began = Date.now();
  const ended = transport(request, 'a-token').then(
    (value) => ({ value, error: undefined }),
    (error: unknown) => ({ value: undefined, error }),
  );
  await vi.runAllTimersAsync();
  return { ...(await ended), seen, tookMs: Date.now() - began };
}

describe('a request', () => {
  it('carries token, query and body, and is read by the contract', async () => {
    const { value, seen } = await play({ ...get, query: { page: 2, isRead: false, employeeId: undefined } }, ok);
    expect(value).toEqual({ count: 3 });
    expect(seen[0]).toMatchObject({ method: 'GET', path: '/api/x?page=2&isRead=false' });
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer a-token');
    const posted = await play(post, ok);
    expect(JSON.parse(posted.seen[0]?.body ?? '')).toEqual({ a: 1 });
    expect(posted.seen[0]?.headers.get('content-type')).toBe('application/json');
  });

  it('reads an answer without a body', async () => {
    const { fetch } = fakeFetch({ status: 204 });
    vi.useRealTimers();
    const transport = createTransport({ origin: 'http://muster.test', fetch });
    expect(await transport({ method: 'DELETE', path: '/api/x', answer: z.undefined() })).toBeUndefined();
  });

  it.each<[string, Step]>([
    ['a page of a captive portal', { status: 200, body: '<html>Sign in to the wifi</html>' }],
    ['JSON that is not what was asked for', { status: 200, body: { total: 3 } }],
  ])('takes %s for no answer', async (_, step) => {
    expect((await play(get, step)).error).toBeInstanceOf(MusterUnreachable);
  });
});

describe('an error', () => {
  it('is the server’s problem by its code', async () => {
    const errors = [{ field: 'pin', message: 'must be six digits', in: 'body' }];
    const { error } = await play(post, problem(400, 'invalid_input', { errors }));
    expect(error).toBeInstanceOf(MusterProblem);
    expect(error).toMatchObject({ code: 'invalid_input', status: 400, detail: 'invalid_input.', errors });
    expect(error).toMatchObject({ requestId: 'r-1', retryAfterMs: undefined });
    expect(isProblem(error, 'conflict', 'invalid_input')).toBe(true);
    expect(isProblem(error, 'conflict')).toBe(false);
  });

  it.each<[string, Step]>([
    ['a code that this version does not know', problem(409, 'quantum_conflict')],
    ['a proxy that speaks no JSON', { status: 404, body: 'nginx' }],
  ])('is unknown where it is %s', async (_, step) => {
    expect((await play(get, step)).error).toMatchObject({ name: 'MusterProblem', code: 'unknown' });
  });
});

describe('a repetition', () => {
  it.each<[string, Step]>([
    ['no network', networkError()],
    ['an answer that breaks off', 'breaks off'],
    ['no answer in time', 'hangs'],
    ['429', problem(429, 'rate_limited')],
    ['503', problem(503, 'unavailable')],
    ['a first request of the same key under way', problem(409, 'request_in_progress')],
  ])('follows %s, under the same key', async (_, step) => {
    const { value, seen } = await play({ ...post, key: 'intent-1' }, step, step, ok);
    expect(value).toEqual({ count: 3 });
    expect(seen.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['intent-1', 'intent-1', 'intent-1']);
    expect(new Set(seen.map(({ body }) => body))).toEqual(new Set(['{"a":1}']));
  });

  it.each<[string, Step]>([
    ['400', problem(400, 'invalid_input')],
    ['409', problem(409, 'already_checked_in')],
    ['500', problem(500, 'internal')],
  ])('does not follow %s', async (_, step) => {
    expect((await play({ ...post, key: 'intent-1' }, step)).seen).toHaveLength(1);
  });

  it('of a POST without a key is none, whatever came', async () => {
    const { seen, error } = await play(post, networkError());
    expect(seen).toHaveLength(1);
    expect(error).toBeInstanceOf(MusterUnreachable);
  });

  it('ends after four attempts, and says what came last', async () => {
    const { seen, error } = await play(get, problem(503, 'unavailable'));
    expect(seen).toHaveLength(4);
    expect(error).toMatchObject({ code: 'unavailable', status: 503 });
  });

  it('waits as long as Retry-After says, and a little of its own', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const busy = { ...problem(429, 'rate_limited'), headers: { 'retry-after': '7' } };
    const { tookMs } = await play(get, busy, ok);
    expect(tookMs).toBe(7_150);
    const never = { ...problem(503, 'unavailable'), headers: { 'retry-after': '86400' } };
    expect((await play(get, never, ok)).tookMs).toBe(60_150);
    random.mockRestore();
  });

  it('waits longer each time, at random', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(1);
    expect((await play(get, networkError(), networkError(), networkError(), ok)).tookMs).toBe(300 + 600 + 1200);
    random.mockReturnValue(0);
    expect((await play(get, networkError(), ok)).tookMs).toBe(0);
    random.mockRestore();
  });
});

describe('readRetryAfter', () => {
  const now = Date.UTC(2026, 10, 21, 12);
  it.each([
    ['3', 3_000],
    ['0', 0],
    ['Sat, 21 Nov 2026 12:00:05 GMT', 5_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('reads %j', (text, ms) => {
    expect(readRetryAfter(new Headers({ 'retry-after': text }), now)).toBe(ms);
  });
});
