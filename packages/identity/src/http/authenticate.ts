import { AppError, type Role } from '@muster/contracts';
import type { MiddlewareHandler } from 'hono';
import type { Actor } from '../actor.ts';
import type { Verifier } from '../token/create-verifier.ts';
import { clientAddress } from './client-address.ts';
import { userAgentOf } from './user-agent.ts';

/** What {@link authenticate} leaves for the handlers. */
export interface ActorEnv {
  Variables: { actor: Actor };
}

const bearer = /^Bearer +([\w.~+/=-]+)$/i;

/**
 * Verifies the Bearer token and puts the actor into the context; 401 with a challenge otherwise. `appApiToken` is ours
 * towards the sidecar: with it the client's address is taken from `X-Forwarded-For` when the request came through it.
 */
export function authenticate(
  verifier: Pick<Verifier, 'verify'>,
  o: { appApiToken?: string } = {},
): MiddlewareHandler<ActorEnv> {
  const addressOf = clientAddress(o.appApiToken);
  return async (c, next) => {
    const token = bearer.exec(c.req.header('authorization') ?? '')?.[1];
    if (!token) throw new AppError('unauthenticated', 'Sign in first.', { headers: { 'WWW-Authenticate': 'Bearer' } });
    const actor = await verifier.verify(token);
    const ip = addressOf(c);
    const userAgent = userAgentOf(c);
    c.set('actor', { ...actor, ...(ip && { ip }), ...(userAgent && { userAgent }) });
    await next();
  };
}

/** Lets only these roles pass; 403 otherwise. Use after {@link authenticate}; rules finer than a role belong to the verb. */
export function requireRole(...roles: Role[]): MiddlewareHandler<ActorEnv> {
  return async (c, next) => {
    const { role, scopes } = c.get('actor');
    // Who was narrowed to certain actions has nothing by role alone.
    if (scopes !== undefined || !roles.some((one) => one === role))
      throw new AppError('forbidden', 'Your role does not allow this.');
    await next();
  };
}
