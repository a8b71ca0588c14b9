import { newEvent, type OutboxEvent, type Tx } from '@muster/db';
import { maySignIn, type User } from '../../domain/user.ts';
import { type Ending, endSessions } from './end-sessions.ts';

/** What follows when a user may no longer sign in, or may again: sessions end, and the events that tell of it. */
export async function loginSwitched(
  tx: Tx,
  before: User,
  after: User,
  o: Pick<Ending, 'actor' | 'reason' | 'now'>,
): Promise<OutboxEvent[]> {
  if (maySignIn(before) === maySignIn(after)) return [];
  const told = { version: after.version, occurredAt: o.now.toString(), actor: o.actor, userId: after.id };
  if (maySignIn(after)) return [newEvent('auth.login-enabled.v1', told)];
  const ended = await endSessions(tx, { ...o, user: after });
  return [newEvent('auth.login-disabled.v1', { ...told, reason: o.reason }), ...ended];
}
