import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@muster/contracts';
import type { Context, MiddlewareHandler } from 'hono';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A test whether a request came through our own sidecar: its `dapr-api-token` equals ours, compared in constant time. */
export function fromSidecar(appApiToken: string): (c: Context) => boolean {
  const expected = digest(appApiToken);
  return (c) => {
    const given = c.req.header('dapr-api-token');
    return given !== undefined && timingSafeEqual(digest(given), expected);
  };
}

/**
 * Lets only the own sidecar in; everybody else gets 403. It proves "through the sidecar", not who called: that is
 * Dapr's access control. An empty token is refused at start, it would open the door.
 */
export function requireSidecar(appApiToken: string): MiddlewareHandler {
  if (appApiToken.length < 8) throw new Error('APP_API_TOKEN is too short to protect anything');
  const allowed = fromSidecar(appApiToken);
  return (c, next) => {
    if (!allowed(c)) throw new AppError('forbidden', 'Only the sidecar may call this.');
    return next();
  };
}
