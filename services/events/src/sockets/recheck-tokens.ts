import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '@muster/contracts';
import type { Log, Stoppable } from '@muster/db';
import type { Verifier } from '@muster/identity';
import { every } from '@muster/service-kit';
import { socketProblem } from './socket-problem.ts';
import type { MusterNamespace, MusterSocket } from './types.ts';

const turn = 200;

/**
 * Verifies the token of every socket again and again: an expired or revoked one is told `sessionEnded` with the problem
 * and disconnected, to come back with a new token. Tokens are remembered by the verifier, so a round costs little.
 */
export function recheckTokens(o: {
  namespaces: readonly MusterNamespace[];
  verifier: Pick<Verifier, 'verify'>;
  log: Log;
  everyMs: number;
}): Stoppable {
  async function check(socket: MusterSocket): Promise<void> {
    try {
      await o.verifier.verify(socket.data.token);
    } catch (thrown) {
      // Keys that cannot be had just now say nothing about the token.
      if (!(thrown instanceof AppError) || thrown.code !== 'unauthenticated') return;
      socket.emit('sessionEnded', socketProblem(thrown, o.log));
      socket.disconnect(true);
    }
  }

  async function round(): Promise<void> {
    for (const namespace of o.namespaces) {
      for (const [index, socket] of [...namespace.sockets.values()].entries()) {
        await check(socket);
        if (index % turn === turn - 1) await nextTurn();
      }
    }
  }

  return every({ everyMs: o.everyMs, name: 'tokens of sockets', log: o.log, work: round });
}
