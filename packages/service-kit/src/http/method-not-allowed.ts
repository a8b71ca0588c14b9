import { AppError } from '@muster/contracts';
import type { Context, Env, Hono } from 'hono';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** What an unmatched request deserves: 405 with `Allow` where the path exists under another method, else 404. */
export function unmatched<E extends Env>(app: Hono<E>, c: Context<E>): AppError {
  // Middleware is registered for ALL and matches anything; only a route of that very method counts.
  const allowed = methods.filter((method) =>
    app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method),
  );
  if (allowed.length === 0) return new AppError('not_found', 'There is nothing here.');
  const names = allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return new AppError('method_not_allowed', `Only ${names.join(', ')} here.`, { headers: { Allow: names.join(', ') } });
}
