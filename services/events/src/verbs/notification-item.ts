import type { Notification } from '@muster/contracts/http/events';
import type { NotificationRow } from '../sql/notification-rows.ts';

/** A notification as its recipient sees it, in lists and over sockets. */
export const notificationItem = (row: NotificationRow): Notification => ({
  id: row.id,
  seq: row.seq,
  type: row.type,
  title: row.title,
  data: row.data,
  isRead: row.readAt !== null,
  readAt: row.readAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});
