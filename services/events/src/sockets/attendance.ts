import { scopeOf, type Verifier } from '@muster/identity';
import { tracing } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import type { BoardNews } from '../domain/board-news.ts';
import type { PresenceNews } from '../domain/presence.ts';
import { socketGauge } from '../metrics.ts';
import { answerMessages, type MessageHandler } from './answer-messages.ts';
import { authenticateSocket, roleRoom } from './authenticate-socket.ts';
import { gather } from './gather.ts';
import { tracePresence } from './trace-presence.ts';
import type { MusterNamespace, MusterSocket } from './types.ts';

const watchers = ['hr', 'admin'].map(roleRoom);
/** Everybody connected as that manager. */
const reportsRoom = (managerId: string): string => `reports:${managerId}`;

export interface PresenceOptions {
  namespace: MusterNamespace;
  deps: Deps;
  verifier: Verifier;
  reachable: () => boolean;
  /** What a client may say here. */
  messagesOf: (socket: MusterSocket) => Record<string, MessageHandler>;
}

/** What is told of people, and who is above them. */
interface About<T> {
  value: T;
  employeeId: string;
  managerIds: readonly string[];
}

/**
 * `/attendance`: server → `presence {changes}` and `boardChanged {employeeIds}`: everybody's to hr and admins, to managers that of
 * themselves and everybody below them. Returns how to announce them; `reachable` says whether the other processes can be told, else
 * only the sockets of this one hear of it.
 */
export function servePresence({ namespace, deps, verifier, reachable, messagesOf }: PresenceOptions): {
  presenceChanged(news: readonly PresenceNews[]): void;
  boardChanged(news: readonly BoardNews[]): void;
} {
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

  /** Each message in as many shapes as there are rooms that hear of it. */
  function emit<T>(news: readonly About<T>[], message: string, bodyOf: (values: T[]) => object): void {
    namespace.local.to(watchers).emit(message, bodyOf(news.map(({ value }) => value)));
    const reports = new Map<string, T[]>();
    for (const { value, employeeId, managerIds } of news)
      for (const managerId of new Set([employeeId, ...managerIds])) {
        // Most managers have no socket here: they cost nothing.
        if (!namespace.adapter.rooms.has(reportsRoom(managerId))) continue;
        const values = reports.get(managerId);
        if (values) values.push(value);
        else reports.set(managerId, [value]);
      }
    for (const [managerId, values] of reports) namespace.local.to(reportsRoom(managerId)).emit(message, bodyOf(values));
  }

  function tellPresence(news: readonly PresenceNews[], since = Date.now()): void {
    const about = news.map(({ change, managerIds }) => ({ value: change, employeeId: change.employeeId, managerIds }));
    emit(about, 'presence', (changes) => ({ changes }));
    if (tracing()) tracePresence(news, { since, socketsOf });
  }
  const tellBoard = (news: readonly BoardNews[]): void =>
    emit(
      news.map((one) => ({ ...one, value: one.employeeId })),
      'boardChanged',
      (employeeIds) => ({ employeeIds }),
    );
  namespace.on('presenceChanged', (news) => tellPresence(news));
  namespace.on('boardChanged', tellBoard);

  return {
    presenceChanged: gather((news, since) => {
      tellPresence(news, since);
      // Each process finds its own sockets: one message, however many managers are concerned.
      if (reachable()) namespace.serverSideEmit('presenceChanged', news);
    }),
    boardChanged: gather((news) => {
      tellBoard(news);
      if (reachable()) namespace.serverSideEmit('boardChanged', news);
    }),
  };
}
