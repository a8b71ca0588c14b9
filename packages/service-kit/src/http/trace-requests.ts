import type { MiddlewareHandler } from 'hono';
import { traced } from '../tracing/spans.ts';
import { answeringRoute } from './answering-route.ts';
import type { KitEnv } from './env.ts';

/**
 * A span for each request under `/api/`, and for others that are part of a trace. Health checks and polls are part of none;
 * deliveries of events have a span of their own.
 */
export function traceRequests(): MiddlewareHandler<KitEnv> {
  return async (c, next) => {
    const { method, path } = c.req;
    const parent = c.req.header('traceparent');
    if (path.startsWith('/events/') || !(parent || path.startsWith('/api/'))) return next();
    await traced(method, { kind: 'server', parent }, async (span) => {
      await next();
      const route = answeringRoute(c);
      span.rename(`${method} ${route}`);
      span.set({
        'http.request.method': method,
        'http.route': route,
        'http.response.status_code': c.res.status,
        'muster.request_id': c.get('requestId'),
      });
      if (c.res.status >= 500) span.fail(c.res.status);
    });
  };
}
