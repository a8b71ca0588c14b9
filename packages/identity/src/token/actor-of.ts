import type { Actor } from '../actor.ts';
import { isAction } from '../authorise.ts';
import type { AccessClaims } from './claims.ts';

/**
 * The actor a verified token names. Scopes this process does not know are left out: a newer auth may name actions of
 * tomorrow. A token without a `scope` is a whole person's or a kiosk's; one with an empty `scope` may do nothing.
 */
export function actorOf({ sub: id, role, name, email, sid: sessionId, scope, siteId }: AccessClaims): Actor {
  return {
    id,
    role,
    name,
    email,
    sessionId,
    ...(scope !== undefined && { scopes: scope.split(' ').filter(isAction) }),
    ...(siteId !== undefined && { siteId }),
  };
}
