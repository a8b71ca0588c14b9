/** An answer of the fake server: a status with a body, an error that `fetch` throws, or nothing for ever. */
export type Step =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | Error
  | 'hangs'
  | 'breaks off';

export interface Seen {
  method: string;
  path: string;
  headers: Headers;
  body: string;
}

/** A `fetch` that answers step by step (the last one for ever), and keeps what it was asked. */
export function fakeFetch(...steps: Step[]): { fetch: typeof fetch; seen: Seen[] } {
  const seen: Seen[] = [];
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    seen.push({ method, path: pathname + search, headers, body: await request.text() });
    const step = steps[Math.min(seen.length, steps.length) - 1];
    if (step instanceof Error) throw step;
    if (step === 'hangs' || step === undefined) return new Promise(() => {});
    if (step === 'breaks off') return new Response(brokenStream(), { headers: { 'content-type': 'application/json' } });
    const type = step.status < 400 ? 'application/json' : 'application/problem+json';
    const text = step.body === undefined ? null : typeof step.body === 'string' ? step.body : JSON.stringify(step.body);
    return new Response(text, { status: step.status, headers: { 'content-type': type, ...step.headers } });
  };
  return { fetch: send as typeof fetch, seen };
}

const brokenStream = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"data'));
      controller.error(new TypeError('terminated'));
    },
  });

export const problem = (status: number, code: string, more: object = {}): { status: number; body: object } => ({
  status,
  body: { type: 'about:blank', title: code, status, detail: `${code}.`, code, requestId: 'r-1', ...more },
});

export const networkError = (): Error => new TypeError('fetch failed');
