import { AppError } from '@muster/contracts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { markRead } from '../sql/mark-read.ts';

/**
 * Marks the actor's own notifications; `count` is how many had been unread. One id that is not the actor's fails the whole
 * request with `not_found`, and nothing is marked.
 */
export async function markAsRead(
  deps: Deps,
  actor: Actor,
  { notificationIds }: { notificationIds: readonly string[] },
): Promise<{ count: number }> {
  authorise(actor, 'notifications.own');
  const ids = [...new Set(notificationIds.map((id) => id.toLowerCase()))];
  const { known, marked } = await markRead(deps.sql, actor.id, ids, deps.clock.now().toString());
  if (known < ids.length) throw new AppError('not_found', 'No such notification.');
  if (marked > 0) deps.live.feedsChanged([actor.id]);
  return { count: marked };
}
