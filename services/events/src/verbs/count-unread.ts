import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { unreadCounts } from '../sql/notification-rows.ts';

/** How many notifications the actor has not read. */
export async function countUnread(deps: Deps, actor: Actor): Promise<{ count: number }> {
  authorise(actor, 'notifications.own');
  const counts = await unreadCounts(deps.sql, [actor.id]);
  return { count: counts.get(actor.id) ?? 0 };
}
