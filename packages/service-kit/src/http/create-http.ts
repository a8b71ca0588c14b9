import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Env, MiddlewareHandler } from 'hono';
import type { Log } from '../logger.ts';
import { tracing } from '../tracing/tracer.ts';
import { limitBody } from './body-limit.ts';
import { entry } from './entry.ts';
import type { KitEnv } from './env.ts';
import { unmatched } from './method-not-allowed.ts';
import { problem } from './problem.ts';
import { redact } from './redact.ts';
import { refuseSurplus } from './refuse-surplus.ts';
import { requestIdOf } from './request-id.ts';
import { toAppError } from './to-app-error.ts';
import { traceRequests } from './trace-requests.ts';
import { validationHook } from './validation-hook.ts';

export interface HttpOptions {
  service: string;
  log: Log;
  /** Largest body in bytes (default 1 MiB), by path where routes differ; `false` for a proxy that counts while it streams. */
  bodyLimitBytes?: number | ((path: string) => number) | false;
  /** True for errors that mean a dependency is away (database, sidecar): answered 503 with `Retry-After`. */
  isOutage?: (error: unknown) => boolean;
}

/**
 * Router for a group of routes; mount it with `app.route(path, router)`. Validation failures answer as in {@link createHttp};
 * a query or a body that a route does not declare is a 400, too.
 */
export function createRouter<E extends Env = KitEnv>(): OpenAPIHono<E> {
  const router = new OpenAPIHono<E>({ defaultHook: validationHook });
  const { openapi } = router;
  router.openapi = ((route: RouteConfig, ...rest: [never, never?]) => {
    const middleware = [route.middleware ?? [], refuseSurplus(route)].flat() as never;
    return openapi({ ...route, middleware } as never, ...rest);
  }) as typeof openapi;
  return router;
}

function limits(given: Exclude<HttpOptions['bodyLimitBytes'], false | undefined>): MiddlewareHandler<KitEnv> {
  if (typeof given === 'number') return limitBody(given);
  const bySize = new Map<number, MiddlewareHandler<KitEnv>>();
  return (c, next) => {
    const bytes = given(c.req.path);
    const limit = bySize.get(bytes) ?? limitBody(bytes);
    bySize.set(bytes, limit);
    return limit(c, next);
  };
}

/**
 * The HTTP side of a service: request id, metrics, access log, body limit, and every error as problem+json — thrown
 * AppErrors, validation (400), bad JSON (400), content type (415), unknown path (404), other method (405), outages (503).
 */
export function createHttp<E extends Env = KitEnv>(o: HttpOptions): OpenAPIHono<E> {
  const app = new OpenAPIHono<KitEnv>({ defaultHook: validationHook });
  const isOutage = o.isOutage ?? (() => false);
  if (tracing()) app.use(traceRequests());
  app.use(entry(o.log));
  if (o.bodyLimitBytes !== false) app.use(limits(o.bodyLimitBytes ?? 1024 * 1024));
  app.onError((thrown, c) => {
    const error = toAppError(thrown, isOutage);
    const requestId = c.get('requestId') ?? requestIdOf(undefined);
    if (error.code === 'internal') o.log.error({ requestId, err: thrown, path: redact(c.req.path) }, 'request failed');
    else if (error.status === 503 && error.cause) o.log.warn({ requestId, err: error.cause }, 'dependency away');
    return problem(c, error, requestId);
  });
  app.notFound((c) => problem(c, unmatched(app, c), c.get('requestId')));
  return app as unknown as OpenAPIHono<E>;
}
