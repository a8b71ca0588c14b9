import { isSampled, startSpan } from '@muster/service-kit';
import type { PresenceNews } from '../domain/presence.ts';

/** The last piece of a check-in's trace: from the commit of its audit entry until sockets of this process were told. */
export function tracePresence(
  news: readonly PresenceNews[],
  told: { since: number; socketsOf: (managerIds: readonly string[]) => number },
): void {
  for (const { change, managerIds, traceparent } of news) {
    if (!isSampled(traceparent)) continue;
    const attributes = {
      'messaging.system': 'socket.io',
      'messaging.destination.name': '/attendance',
      'muster.attendance.id': change.attendanceId,
      'muster.sockets': told.socketsOf(managerIds),
    };
    startSpan('socket presence', {
      kind: 'producer',
      parent: traceparent,
      attributes,
      startedAt: Math.min(told.since, Date.now()),
    }).end();
  }
}
