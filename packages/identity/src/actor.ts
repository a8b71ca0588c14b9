import type { EventActor, Role } from '@muster/contracts';

/** Who is asking, as their verified access token says. `ip` and `userAgent` are of the request, for the audit log. */
export interface Actor {
  id: string;
  role: Role;
  name: string;
  email: string;
  sessionId: string;
  ip?: string;
  userAgent?: string;
}

/** The actor as it goes into an event. */
export const toEventActor = (actor: Actor): EventActor => ({
  id: actor.id,
  name: actor.name,
  role: actor.role,
  ...(actor.ip !== undefined && { ip: actor.ip }),
  ...(actor.userAgent !== undefined && { userAgent: actor.userAgent }),
});
