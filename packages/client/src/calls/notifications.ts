import { countAnswer, type markAsReadBody, notificationPage } from '@muster/contracts/http/events';
import type { z } from 'zod';
import type { Keeper } from '../credentials.ts';

/** What Muster has to tell the person who is signed in. */
export function notificationCalls({ send }: Keeper) {
  const path = '/api/notifications';
  return {
    /** Newest first. */
    list: (query: { page?: number; limit?: number; isRead?: boolean } = {}) =>
      send({ method: 'GET', path, query, answer: notificationPage }),
    unreadCount: async () => (await send({ method: 'GET', path: `${path}/unread-count`, answer: countAnswer })).count,
    /** How many of them had not been read. */
    markAsRead: async (notificationIds: z.input<typeof markAsReadBody>['notificationIds']) => {
      const body = { notificationIds };
      const marked = { method: 'POST', path: `${path}/mark-as-read`, body, isRepeatable: true } as const;
      return (await send({ ...marked, answer: countAnswer })).count;
    },
  };
}
