import type { ActorRole, EventActor } from '@muster/contracts';
import type { Action } from './permissions.ts';

/** Who is asking, as their verified access token says. `ip` and `userAgent` are of the request, for the audit log. */
export interface Actor {
  id: string;
  role: ActorRole;
  name: string;
  email: string;
  /** What ends with it: a session, an API key, a client's secret or a device. */
  sessionId: string;
  /** All it may do, where a token was narrowed (API keys, machine clients): never more than these, whatever its role. */
  scopes?: readonly Action[];
  /** The site a kiosk stands at. */
  siteId?: string;
  ip?: string;
  userAgent?: string;
}

/** The actor as it goes into an event. */
export const toEventActor = (actor: Pick<Actor, 'id' | 'name' | 'role' | 'ip' | 'userAgent'>): EventActor => ({
  id: actor.id,
  name: actor.name,
  role: actor.role,
  ...(actor.ip !== undefined && { ip: actor.ip }),
  ...(actor.userAgent !== undefined && { userAgent: actor.userAgent }),
});
