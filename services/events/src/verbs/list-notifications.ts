import { type Page, toPage } from '@muster/contracts';
import type { Notification } from '@muster/contracts/http/events';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { listNotificationRows } from '../sql/notification-rows.ts';
import { notificationItem } from './notification-item.ts';

/** One page of the actor's own notifications, newest first; `isRead` narrows to read or unread ones. */
export async function listNotifications(
  deps: Deps,
  actor: Actor,
  { page, limit, isRead }: { page: number; limit: number; isRead?: boolean | undefined },
): Promise<Page<Notification>> {
  authorise(actor, 'notifications.own');
  const { rows, total } = await listNotificationRows(deps.sql, actor.id, { page, limit, isRead });
  return toPage(rows.map(notificationItem), total, { page, limit });
}
