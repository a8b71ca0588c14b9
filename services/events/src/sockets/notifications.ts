import { wholeNumber } from '@muster/contracts';
import { markAsReadBody } from '@muster/contracts/http/events';
import type { Verifier } from '@muster/identity';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { socketGauge } from '../metrics.ts';
import { countUnread } from '../verbs/count-unread.ts';
import { markAllAsRead } from '../verbs/mark-all-as-read.ts';
import { markAsRead } from '../verbs/mark-as-read.ts';
import { lastSequences } from '../verbs/read-feeds.ts';
import { answerMessages, type MessageHandler } from './answer-messages.ts';
import { authenticateSocket } from './authenticate-socket.ts';
import type { Feed } from './feed.ts';
import type { MusterNamespace, MusterSocket } from './types.ts';

const handshake = z.object({ lastSeq: wholeNumber(0, Number.MAX_SAFE_INTEGER).nullish() });
/** Payload of a message that takes none; socket.io makes null of undefined. */
const nothing = z.strictObject({}).nullish();

/** `/notifications`: server → `notification`, `unreadCount`; client → `markAsRead`, `markAllAsRead`, `getUnreadCount`. */
export function serveNotifications(namespace: MusterNamespace, deps: Deps, verifier: Verifier, feed: Feed): void {
  const table: Record<string, MessageHandler> = {
    markAsRead: (actor, payload) => markAsRead(deps, actor, markAsReadBody.parse(payload)),
    markAllAsRead: async (actor, payload) => {
      nothing.parse(payload);
      return await markAllAsRead(deps, actor);
    },
    getUnreadCount: async (actor, payload) => {
      nothing.parse(payload);
      return await countUnread(deps, actor);
    },
  };

  async function prepare(socket: MusterSocket): Promise<void> {
    const { lastSeq } = handshake.parse(socket.handshake.auth);
    const { id } = socket.data.actor;
    const last = (await lastSequences(deps, [id])).get(id) ?? 0;
    // Without lastSeq a client wants what comes from now on. One ahead of us would wait for ever.
    socket.data.startAfter = Math.min(lastSeq ?? last, last);
  }

  namespace.use(authenticateSocket({ verifier, log: deps.log, action: 'notifications.own', prepare }));
  namespace.on('connection', (socket) => {
    answerMessages(socket, table, deps.log);
    const leave = feed.join(socket.data.actor.id, socket, socket.data.startAfter);
    socketGauge().inc({ namespace: 'notifications' });
    socket.on('disconnect', () => {
      leave();
      socketGauge().dec({ namespace: 'notifications' });
    });
  });
  namespace.on('feedsChanged', (userIds) => feed.wake(userIds));
}
