import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@muster/contracts';
import type { Env, Hono, MiddlewareHandler } from 'hono';
import type { PodsWanted } from '../domain/pods-wanted.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets in who shows this very token (compared in constant time): 401 otherwise, 403 to everybody where there is none. */
function requireToken(token: string | undefined): MiddlewareHandler {
  const expected = token === undefined ? undefined : digest(token);
  return async (c, next) => {
    if (!expected) throw new AppError('forbidden', 'Nobody may ask: SCALING_TOKEN is not set.');
    const given = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const headers = { 'WWW-Authenticate': 'Bearer' };
    if (given === undefined) throw new AppError('unauthenticated', 'Show the scaling token.', { headers });
    if (!timingSafeEqual(digest(given), expected))
      throw new AppError('invalid_token', 'This is not the scaling token.', { headers });
    await next();
  };
}

/**
 * `GET /scaling/pods` → `{"pods": 4, "capped": false}`, for KEDA's `metrics-api` trigger (`valueLocation: pods`,
 * `targetValue: "1"`). Beside `/api`, so neither the gateway nor Dapr's access control lets anybody through to it.
 */
export function mountAutoscaler<E extends Env>(
  app: Hono<E>,
  o: { token: string | undefined; podsNow: () => Promise<PodsWanted> },
): void {
  app.get('/scaling/pods', requireToken(o.token), async (c) => c.json(await o.podsNow(), 200));
}
