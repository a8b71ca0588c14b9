import type { EventActor } from '@muster/contracts';
import { newEvent, type OutboxEvent, type Tx } from '@muster/db';
import type { User } from '../../domain/user.ts';
import { changeUser } from '../../sql/change-user.ts';
import { type Ending, endSessions } from './end-sessions.ts';

/** Deletes the locked user softly and ends its sessions; returns the events. */
export async function removeUser(tx: Tx, ending: Ending): Promise<OutboxEvent[]> {
  const user = await changeUser(tx, ending.user, { deleted: true, bumpTokens: true }, ending.now);
  const ended = await endSessions(tx, { ...ending, user });
  return [userDeleted(user, ending.actor, ending.now), ...ended];
}

/** The event of a deleted user, `user` as it was last. */
export function userDeleted(user: User, actor: EventActor, now: Temporal.Instant): OutboxEvent {
  const { id, version, email, name, role } = user;
  return newEvent('auth.user-deleted.v1', {
    version,
    occurredAt: now.toString(),
    actor,
    userId: id,
    before: { email, name, role },
  });
}
