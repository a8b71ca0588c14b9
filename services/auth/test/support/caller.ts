export interface CallOptions {
  body?: unknown;
  /** An access token. */
  token?: string;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
  body: any;
  headers: Headers;
}

interface Fetcher {
  request(path: string, init: RequestInit): Response | Promise<Response>;
}

/** Sends a request into the app, JSON both ways. */
export function createCaller(app: Fetcher) {
  return async (method: string, path: string, { body, token, headers = {} }: CallOptions = {}): Promise<Answer> => {
    const response = await app.request(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
  };
}
