import type { Notification } from '@muster/contracts/http/events';
import type { Deps } from '../deps.ts';
import { lastSeqs, listNotificationsAfter, unreadCounts } from '../sql/notification-rows.ts';
import { notificationItem } from './notification-item.ts';

export interface Missed {
  userId: string;
  /** False where the recipient does not want it over sockets. */
  live: boolean;
  notification: Notification;
}

/** What each user missed after a sequence number, at most `limit` each and in order, and the unread counts. */
export async function readFeeds(
  { sql }: Deps,
  after: ReadonlyMap<string, number>,
  limit: number,
): Promise<{ missed: Missed[]; unread: Map<string, number> }> {
  const [rows, unread] = await Promise.all([
    listNotificationsAfter(sql, after, limit),
    unreadCounts(sql, [...after.keys()]),
  ]);
  const missed = rows.map((row) => ({ userId: row.userId, live: row.live, notification: notificationItem(row) }));
  return { missed, unread };
}

/** The last sequence number of each of these users; 0 before the first. */
export const lastSequences = ({ sql }: Deps, userIds: readonly string[]): Promise<Map<string, number>> =>
  lastSeqs(sql, userIds);
