/** What a Hono app offers to tests. */
export interface Requestable {
  request(path: string, init?: RequestInit): Response | Promise<Response>;
}

export interface JsonRequest {
  /** Sent as `Authorization: Bearer …`. */
  token?: string | undefined;
  /** Sent as JSON. For anything else give `raw`. */
  body?: unknown;
  raw?: NonNullable<RequestInit['body']>;
  headers?: Record<string, string>;
}

export interface JsonResponse<B> {
  status: number;
  headers: Headers;
  /** Parsed when the answer is JSON or a problem, else its text; undefined when empty. */
  body: B;
  bytes: Uint8Array;
}

/** Sends one request through an app, without a network. Say what body you expect by the type argument. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into bodies freely; the expectation is the check.
export async function requestJson<B = any>(
  app: Requestable,
  method: string,
  path: string,
  { token, body, raw, headers = {} }: JsonRequest = {},
): Promise<JsonResponse<B>> {
  const sent = new Headers(headers);
  if (token !== undefined) sent.set('authorization', `Bearer ${token}`);
  if (body !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json');
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await app.request(path, {
    method,
    headers: sent,
    ...(payload === undefined ? {} : { body: payload }),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    body: (text === '' ? undefined : isJson ? JSON.parse(text) : text) as B,
  };
}
