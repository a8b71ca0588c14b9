import type { IncomingMessage } from 'node:http';

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const allowed =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Range, Range, X-Request-Id, traceparent, tracestate';
const exposed =
  'Content-Disposition, Content-Range, ETag, Location, Retry-After, X-Cache, X-Request-Id, RateLimit-Policy, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset';

/** The answer's CORS headers for this request, as name and value pairs. */
export interface Cors {
  headers(req: IncomingMessage): readonly (readonly [string, string])[];
  /** The answer to a preflight, or undefined when the request is none. */
  preflight(req: IncomingMessage): readonly (readonly [string, string])[] | undefined;
}

/**
 * CORS by a list of origins. Tokens travel in the Authorization header, never in cookies, so credentials stay off and `*`
 * is safe. An origin off the list gets no header and the browser keeps the answer from it.
 */
export function createCors(origins: readonly string[]): Cors {
  const any = origins.includes('*');
  const known = new Set(origins.map((origin) => (origin === '*' ? origin : new URL(origin).origin)));
  const vary = any || known.size === 0 ? [] : ([['vary', 'Origin']] as const);
  const allow = (req: IncomingMessage): string | undefined => {
    const { origin } = req.headers;
    if (origin === undefined) return undefined;
    return any ? '*' : known.has(origin) ? origin : undefined;
  };
  return {
    headers(req) {
      const origin = allow(req);
      if (origin === undefined) return vary;
      return [...vary, ['access-control-allow-origin', origin], ['access-control-expose-headers', exposed]];
    },
    preflight(req) {
      if (req.method !== 'OPTIONS' || !req.headers.origin || !req.headers['access-control-request-method'])
        return undefined;
      const origin = allow(req);
      if (origin === undefined) return vary;
      return [
        ...vary,
        ['access-control-allow-origin', origin],
        ['access-control-allow-methods', methods],
        ['access-control-allow-headers', allowed],
        ['access-control-max-age', '600'],
      ];
    },
  };
}
