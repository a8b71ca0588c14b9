import type { Context, MiddlewareHandler } from 'hono';
import type { Log } from '../logger.ts';
import { requestHistogram } from '../metrics.ts';
import { accessLevel } from './access-level.ts';
import { answeringRoute } from './answering-route.ts';
import type { KitEnv } from './env.ts';
import { checkUrl } from './path-guard.ts';
import { requestIdOf } from './request-id.ts';

function record(c: Context<KitEnv>, log: Log, route: string, ms: number): void {
  const status = c.res.status;
  const level = accessLevel(status, ms);
  // At thousands of requests a second a line each costs more than the work: only trouble is told at the default level.
  if (!log.isLevelEnabled(level)) return;
  const method = c.req.method;
  log[level](
    { requestId: c.get('requestId'), method, route, status, ms: Math.round(ms) },
    `${method} ${route} ${status}`,
  );
}

/**
 * First middleware of every service, in one so that a request pays once: request id in and out, the guard of the URL,
 * duration by route pattern, and the access log (5xx at error; 429, 503 and over 1 s at warn; the rest at debug).
 */
export function entry(log: Log): MiddlewareHandler<KitEnv> {
  const durations = requestHistogram();
  return async (c, next) => {
    const started = performance.now();
    const requestId = requestIdOf(c.req.header('x-request-id'));
    c.set('requestId', requestId);
    // Set before the handler: afterwards it would force a finished answer off the adapter's fast path.
    c.header('x-request-id', requestId);
    checkUrl(c.req.url);
    await next();
    // A handler may have built its own Response; callers take an answer without an id for the sidecar's own.
    if (!c.res.headers.has('x-request-id')) c.header('x-request-id', requestId);
    const ms = performance.now() - started;
    const route = answeringRoute(c);
    durations.observe({ method: c.req.method, route, status: c.res.status }, ms / 1000);
    record(c, log, route, ms);
  };
}
