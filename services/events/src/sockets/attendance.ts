import type { Verifier } from '@muster/identity';
import type { Deps } from '../deps.ts';
import type { PresenceChange } from '../domain/presence.ts';
import { socketGauge } from '../metrics.ts';
import { answerMessages } from './answer-messages.ts';
import { authenticateSocket, roleRoom } from './authenticate-socket.ts';
import type { MusterNamespace } from './types.ts';

const watchers = ['manager', 'hr', 'admin'].map(roleRoom);

/** In a burst of check-ins one message a tenth of a second is as live as a thousand. */
const gatherMs = 100;
const maxChanges = 1000;

/**
 * `/attendance`: server → `presence {changes}` to managers, hr and admins. Returns how to announce changes; `reachable`
 * says whether the other processes can be told, else only the sockets of this one hear of it.
 */
export function servePresence(
  namespace: MusterNamespace,
  deps: Deps,
  verifier: Verifier,
  reachable: () => boolean,
): (changes: readonly PresenceChange[]) => void {
  namespace.use(authenticateSocket({ verifier, log: deps.log }));
  namespace.on('connection', (socket) => {
    // Messages of class attendance get their rows here; until then each is answered not_found.
    answerMessages(socket, {}, deps.log);
    socketGauge().inc({ namespace: 'attendance' });
    socket.on('disconnect', () => socketGauge().dec({ namespace: 'attendance' }));
  });

  let waiting: PresenceChange[] = [];
  const flush = (): void => {
    const sender = reachable() ? namespace : namespace.local;
    for (let from = 0; from < waiting.length; from += maxChanges) {
      sender.to(watchers).emit('presence', { changes: waiting.slice(from, from + maxChanges) });
    }
    waiting = [];
  };
  return (changes) => {
    if (waiting.length === 0) setTimeout(flush, gatherMs).unref();
    waiting.push(...changes);
  };
}
