import type { EventActor } from '@muster/contracts';
import { newEvent, type OutboxEvent, type Tx } from '@muster/db';
import type { User } from '../../domain/user.ts';
import { revokeSessionsOf } from '../../sql/sessions.ts';

export interface Ending {
  user: User;
  actor: EventActor;
  reason: string;
  now: Temporal.Instant;
  /** The session that stays. */
  exceptId?: string;
}

/** Ends the user's sessions; returns the event that tells of it, or none when there was nothing to end. */
export async function endSessions(tx: Tx, { user, actor, reason, now, exceptId }: Ending): Promise<OutboxEvent[]> {
  const except = exceptId === undefined ? {} : { exceptId };
  const sessionIds = await revokeSessionsOf(tx, { userId: user.id, reason, now, ...except });
  if (sessionIds.length === 0) return [];
  return [sessionRevoked(user, sessionIds, { actor, reason, now })];
}

/** The event of sessions that ended before their time. */
export function sessionRevoked(
  user: Pick<User, 'id' | 'version'>,
  sessionIds: string[],
  o: Pick<Ending, 'actor' | 'reason' | 'now'>,
): OutboxEvent {
  return newEvent('auth.session-revoked.v1', {
    version: user.version,
    occurredAt: o.now.toString(),
    actor: o.actor,
    userId: user.id,
    sessionIds,
    reason: o.reason,
  });
}
