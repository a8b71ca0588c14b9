import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';

export interface Answer<T = unknown> {
  status: number;
  body: T;
  headers: Record<string, string | string[] | undefined>;
  /** Milliseconds until the whole answer was read, without waiting for Retry-After. */
  ms: number;
}

export interface Call {
  token?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  /** How many answers of 429 and 503, and broken connections, to bear before giving up. Give POSTs an Idempotency-Key. */
  patience?: number;
}

export interface Api {
  origin: string;
  call<T = unknown>(method: string, path: string, call?: Call): Promise<Answer<T>>;
  close(): Promise<void>;
}

/** A plain client of the public API, nothing else: what the demo can do, any client can. */
export function createApi(origin: string): Api {
  const dispatcher = new Agent({
    connections: 64,
    keepAliveTimeout: 10_000,
    bodyTimeout: 30_000,
    headersTimeout: 30_000,
  });

  async function once<T>(method: string, path: string, { token, body, headers = {} }: Call): Promise<Answer<T>> {
    const raw = body instanceof Uint8Array;
    const started = performance.now();
    const response = await request(origin + path, {
      dispatcher,
      method: method as 'GET',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
    });
    const text = await response.body.text();
    const json = /json/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      body: (json && text !== '' ? JSON.parse(text) : text) as T,
      headers: response.headers,
      ms: performance.now() - started,
    };
  }

  return {
    origin,
    async call<T>(method: string, path: string, call: Call = {}): Promise<Answer<T>> {
      for (let left = call.patience ?? 0; ; left -= 1) {
        const answer = await once<T>(method, path, call).catch((error: unknown) => {
          if (left <= 0 || !isBrokenConnection(error)) throw error;
          return undefined;
        });
        const waitS = answer === undefined ? 1 : retryAfterS(answer);
        if (answer !== undefined && (left <= 0 || waitS === undefined)) return answer;
        // Everybody who was refused together must not come back together.
        await sleep(Math.max(waitS ?? 0, 0.2) * 1000 * (0.5 + Math.random()));
      }
    },
    close: () => dispatcher.close(),
  };
}

/** The server went away between or within requests: a client with patience asks again. */
function isBrokenConnection(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return ['UND_ERR_SOCKET', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(String(code));
}

/** Seconds after which a refused request is welcome again; undefined for every other answer. */
function retryAfterS({ status, headers }: Answer): number | undefined {
  const seconds = Number(headers['retry-after']);
  return [429, 503].includes(status) && Number.isFinite(seconds) ? seconds : undefined;
}

/** The answer's body when its status is one of those expected; else an error that shows what came instead. */
export function expectStatus<T>(answer: Answer<T>, ...statuses: number[]): T {
  if (statuses.includes(answer.status)) return answer.body;
  throw new Error(`expected ${statuses.join(' or ')}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
}
