import { AppError, type EventEnvelope } from '@muster/contracts';
import { isOutage } from '@muster/db';
import type { Log } from '@muster/service-kit';
import { LRUCache } from 'lru-cache';
import type { EventHandler, TopicTable } from './types.ts';

/** What the sidecar is told: done, again, or to the dead-letter topic. */
export type Verdict = 'SUCCESS' | 'RETRY' | 'DROP';

const maxFailures = 5;

/** The handler for a type, the one for `'*'`, or none. */
export function handlerFor(table: TopicTable | undefined, type: string): EventHandler | undefined {
  if (!table) return undefined;
  const own = Object.hasOwn(table, type) ? table[type as keyof TopicTable] : undefined;
  return (own ?? table['*']) as EventHandler | undefined;
}

/** True when the fault lies with something that is away, not with the event. */
export function isAway(error: unknown): boolean {
  return isOutage(error) || (error instanceof AppError && error.status >= 503);
}

/**
 * Runs handlers and judges. An outage is retried without counting, for as long as it lasts; any other failure is counted
 * per event, in this process, and the fifth sends that event to the dead letters.
 */
export function createDelivery(
  log: Log,
): (event: EventEnvelope, handler: EventHandler | undefined) => Promise<Verdict> {
  // Bounded: a flood of poison forgets the oldest count, which only means a few more tries.
  const failures = new LRUCache<string, number>({ max: 10_000, ttl: 3_600_000 });
  return async (event, handler) => {
    if (!handler) return 'SUCCESS';
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
      const count = (failures.get(event.id) ?? 0) + 1;
      failures.set(event.id, count);
      log.error({ ...fields, count }, 'event failed');
      if (count < maxFailures) return 'RETRY';
      failures.delete(event.id);
      return 'DROP';
    }
  };
}
