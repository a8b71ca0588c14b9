import type { Context, Env } from 'hono';
import { matchedRoutes } from 'hono/route';

/**
 * The pattern of the route that answered, or would have if no middleware had done so first. Not simply the last match:
 * `/today` matches `/:id`, too. Without a handler it is the pattern of the middleware. Call it after `next()`.
 */
export function answeringRoute<E extends Env>(c: Context<E>): string {
  const routes = matchedRoutes(c);
  // Middleware is registered for ALL methods.
  const answered = routes.find(({ method }, index) => index >= c.req.routeIndex && method !== 'ALL');
  return (answered ?? routes.at(-1))?.path ?? '';
}
