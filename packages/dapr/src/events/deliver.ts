import { AppError, type EventEnvelope } from '@muster/contracts';
import { isOutage } from '@muster/db';
import type { Log } from '@muster/service-kit';
import { LRUCache } from 'lru-cache';
import type { EventHandler } from './types.ts';

/** What the sidecar is told: done, again, or to the dead-letter topic. */
export type Verdict = 'SUCCESS' | 'RETRY' | 'DROP';

export interface Delivery {
  /** Runs the handler and judges what came of it. */
  deliver(event: EventEnvelope, handler: EventHandler): Promise<Verdict>;
  /** Why this process gave an event up, if it did. */
  reasonOf(eventId: string): string | undefined;
}

const maxFailures = 5;

/** True when the fault lies with something that is away, not with the event. */
export function isAway(error: unknown): boolean {
  return isOutage(error) || (error instanceof AppError && error.status >= 503);
}

/**
 * An outage is retried without counting, for as long as it lasts; any other failure is counted per event, in this process,
 * and the fifth sends that event to the dead letters.
 */
export function createDelivery(log: Log): Delivery {
  // Bounded: a flood of poison forgets the oldest count, which only means a few more tries.
  const failures = new LRUCache<string, { count: number; reason: string }>({ max: 10_000, ttl: 3_600_000 });
  return {
    reasonOf: (eventId) => failures.get(eventId)?.reason,
    async deliver(event, handler) {
      try {
        await handler(event);
        failures.delete(event.id);
        return 'SUCCESS';
      } catch (err) {
        const fields = { err, event: event.id, type: event.type };
        if (isAway(err)) {
          log.warn(fields, 'event waits: something it needs is away');
          return 'RETRY';
        }
        const count = (failures.get(event.id)?.count ?? 0) + 1;
        failures.set(event.id, { count, reason: String(err).slice(0, 500) });
        log.error({ ...fields, count }, 'event failed');
        return count % maxFailures === 0 ? 'DROP' : 'RETRY';
      }
    },
  };
}
