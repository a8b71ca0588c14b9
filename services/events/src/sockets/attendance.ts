import { scopeOf, type Verifier } from '@muster/identity';
import { tracing } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import type { PresenceChange, PresenceNews } from '../domain/presence.ts';
import { socketGauge } from '../metrics.ts';
import { answerMessages, type MessageHandler } from './answer-messages.ts';
import { authenticateSocket, roleRoom } from './authenticate-socket.ts';
import { tracePresence } from './trace-presence.ts';
import type { MusterNamespace, MusterSocket } from './types.ts';

const watchers = ['hr', 'admin'].map(roleRoom);
/** Everybody connected as that manager. */
const reportsRoom = (managerId: string): string => `reports:${managerId}`;

/** In a burst of check-ins one message a tenth of a second is as live as a thousand. */
const gatherMs = 100;
const maxChanges = 1000;

export interface PresenceOptions {
  namespace: MusterNamespace;
  deps: Deps;
  verifier: Verifier;
  reachable: () => boolean;
  /** What a client may say here. */
  messagesOf: (socket: MusterSocket) => Record<string, MessageHandler>;
}

/**
 * `/attendance`: server → `presence {changes}`: everybody's to hr and admins, to managers that of everybody below them.
 * Returns how to announce changes; `reachable` says whether the other processes can be told, else only the sockets of this
 * one hear of it.
 */
export function servePresence({
  namespace,
  deps,
  verifier,
  reachable,
  messagesOf,
}: PresenceOptions): (news: readonly PresenceNews[]) => void {
  namespace.use(authenticateSocket({ verifier, log: deps.log }));
  namespace.on('connection', async (socket) => {
    answerMessages(socket, messagesOf(socket), deps.log);
    socketGauge().inc({ namespace: 'attendance' });
    socket.on('disconnect', () => socketGauge().dec({ namespace: 'attendance' }));
    const { actor } = socket.data;
    // Who reads everything is in a watchers' room already, and would hear of their own reports twice.
    const managesOnly = scopeOf(actor, 'attendance.read') === 'reports';
    if (managesOnly) await socket.join(reportsRoom(actor.id));
  });

  const size = (room: string): number => namespace.adapter.rooms.get(room)?.size ?? 0;
  const watching = (): number => watchers.reduce((sum, room) => sum + size(room), 0);
  const socketsOf = (managerIds: readonly string[]): number =>
    managerIds.reduce((sum, id) => sum + size(reportsRoom(id)), watching());

  function tell(news: readonly PresenceNews[], since = Date.now()): void {
    namespace.local.to(watchers).emit('presence', { changes: news.map(({ change }) => change) });
    const reports = new Map<string, PresenceChange[]>();
    for (const { change, managerIds } of news)
      for (const managerId of managerIds) {
        // Most managers have no socket here: they cost nothing.
        if (!namespace.adapter.rooms.has(reportsRoom(managerId))) continue;
        reports.set(managerId, [...(reports.get(managerId) ?? []), change]);
      }
    for (const [managerId, changes] of reports)
      namespace.local.to(reportsRoom(managerId)).emit('presence', { changes });
    if (tracing()) tracePresence(news, { since, socketsOf });
  }
  namespace.on('presenceChanged', (news) => tell(news));

  let waiting: PresenceNews[] = [];
  let waitsSince = 0;
  const flush = (): void => {
    for (let from = 0; from < waiting.length; from += maxChanges) {
      const news = waiting.slice(from, from + maxChanges);
      tell(news, waitsSince);
      // Each process finds its own sockets: one message, however many managers are concerned.
      if (reachable()) namespace.serverSideEmit('presenceChanged', news);
    }
    waiting = [];
  };
  return (news) => {
    if (waiting.length === 0) {
      waitsSince = Date.now();
      setTimeout(flush, gatherMs).unref();
    }
    waiting.push(...news);
  };
}
