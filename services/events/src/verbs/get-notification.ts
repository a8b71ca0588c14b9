import { AppError } from '@muster/contracts';
import type { Notification } from '@muster/contracts/http/events';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findNotification } from '../sql/notification-rows.ts';
import { notificationItem } from './notification-item.ts';

/** One of the actor's own notifications; somebody else's is not found. */
export async function getNotification(deps: Deps, actor: Actor, id: string): Promise<Notification> {
  authorise(actor, 'notifications.own');
  const row = await findNotification(deps.sql, actor.id, id);
  if (row === undefined) throw new AppError('not_found', 'No such notification.');
  return notificationItem(row);
}
