import type { Batcher } from '@muster/db';
import { traced, tracing } from '@muster/service-kit';
import type { Punch } from './domain/punch.ts';
import type { Session } from './domain/session.ts';

/**
 * Punches as spans, from their arrival until their flight is committed. A flight is many people's: each punch carries its own
 * trace on to its event. Without tracing it is the same batcher.
 */
export function tracePunches(name: string, batcher: Batcher<Punch, Session>): Batcher<Punch, Session> {
  if (!tracing()) return batcher;
  return {
    add: (punch) => traced(name, {}, ({ traceparent }) => batcher.add({ ...punch, traceparent })),
    idle: () => batcher.idle(),
    get pending() {
      return batcher.pending;
    },
  };
}
