import ky, { isHTTPError } from 'ky';
import type { z } from 'zod';
import { MusterProblem, MusterUnreachable } from './errors.ts';
import { readRetryAfter } from './retry-after.ts';

export interface TransportOptions {
  /** For instance `https://muster.example.org`. */
  origin: string;
  /** Milliseconds for one attempt; 15 s by default. */
  timeoutMs?: number;
  /** How often a request that may be repeated is tried; 4 by default. */
  attempts?: number;
  /** Milliseconds that the second attempt waits at most, doubled for each one after it; 300 by default. */
  backoffMs?: number;
  fetch?: typeof fetch;
}

/** One request. `answer` is what its 2xx body must be; `z.undefined()` for none. */
export interface Request<T> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  answer: z.ZodType<T>;
  /** One key for one intent: kept over retries, so that it happens once. Without it a POST is tried once. */
  key?: string;
  /** Says that a POST without a key may be repeated. */
  isRepeatable?: boolean;
  attempts?: number;
  timeoutMs?: number;
}

export type Transport = <T>(request: Request<T>, token?: string) => Promise<T>;

const longestWaitMs = 60_000;
const busy = [408, 429, 502, 503, 504];

/** Sends requests with a time limit each, and repeats those that may be. Throws MusterProblem and MusterUnreachable. */
export function createTransport(options: TransportOptions): Transport {
  const { origin, timeoutMs = 15_000, attempts = 4, backoffMs = 300, fetch: send = globalThis.fetch } = options;
  const base = origin.replace(/\/+$/, '');
  return async (request, token) => {
    let retryAfterMs = 0;
    const { method, path, query, body, headers, key } = request;
    const isRepeatable = method !== 'POST' || key !== undefined || request.isRepeatable === true;
    try {
      const response = await ky(base + path, {
        method,
        timeout: request.timeoutMs ?? timeoutMs,
        ...(query === undefined ? {} : { searchParams: query }),
        ...(body === undefined ? {} : body instanceof URLSearchParams ? { body } : { json: body }),
        headers: {
          accept: 'application/json',
          ...headers,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        fetch: async (input, init) => wholeAnswer(await send(input, init)),
        retry: {
          limit: isRepeatable ? (request.attempts ?? attempts) - 1 : 0,
          methods: [method.toLowerCase() as 'get'],
          shouldRetry: ({ error }) => {
            retryAfterMs = isHTTPError(error) ? (readRetryAfter(error.response.headers) ?? 0) : 0;
            return !isHTTPError(error) || isBusy(error.response.status, error.data);
          },
          // Everybody who was refused together must not come back together.
          delay: (attempt) => Math.min(retryAfterMs, longestWaitMs) + Math.random() * backoffMs * 2 ** (attempt - 1),
        },
      });
      const text = await response.text();
      return request.answer.parse(text === '' ? undefined : JSON.parse(text));
    } catch (error) {
      throw translate(error, `${method} ${path}`);
    }
  };
}

/** With its body: an answer that breaks off is none, and is asked for again. */
async function wholeAnswer(response: Response): Promise<Response> {
  const body = await response.arrayBuffer();
  const { status, statusText, headers } = response;
  return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
}

/** The first request of a key is still under way (`request_in_progress`): its answer is worth waiting for. */
const isBusy = (status: number, body: unknown): boolean =>
  busy.includes(status) || new MusterProblem(status, body).code === 'request_in_progress';

function translate(error: unknown, what: string): unknown {
  if (isHTTPError(error)) {
    const { response, data } = error;
    return new MusterProblem(response.status, data, readRetryAfter(response.headers), what);
  }
  if (error instanceof SyntaxError || (error as Error).name === 'ZodError')
    return new MusterUnreachable(`${what}: the answer is not Muster's`, { cause: error });
  return new MusterUnreachable(`${what}: no answer`, { cause: error });
}
