import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { markAllRead } from '../sql/mark-read.ts';

/** Marks everything the actor has not read; `count` is how many that were. */
export async function markAllAsRead(deps: Deps, actor: Actor): Promise<{ count: number }> {
  authorise(actor, 'notifications.own');
  const count = await markAllRead(deps.sql, actor.id, deps.clock.now().toString());
  if (count > 0) deps.live.feedsChanged([actor.id]);
  return { count };
}
