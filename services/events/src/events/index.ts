import { type EventEnvelope, subscribes } from '@muster/contracts';
import type { AnyEvent, EventTable } from '@muster/dapr';
import { type Batcher, createBatcher } from '@muster/db';
import type { Deps } from '../deps.ts';
import { consumer, recordEvents } from '../verbs/record-events.ts';

/** Deliveries written together at most. The sidecar hands over about as many at a time. */
const maxItems = 500;

/**
 * Gathers deliveries into flights. One at a time: they would only wait for each other at the head of the audit log, and
 * what gathers meanwhile makes the next one cheaper per event.
 */
export function createRecorder(deps: Deps): Batcher<EventEnvelope, void> {
  return createBatcher<EventEnvelope, void>({
    maxItems,
    maxFlights: 1,
    run: async (events) => {
      await recordEvents(deps, events);
      return events.map(() => ({ ok: true, value: undefined }));
    },
  });
}

/** Every topic, every type, the unknown ones of a newer producer too: each leaves its audit entry. */
export function eventTable(recorder: Pick<Batcher<EventEnvelope, void>, 'add'>): EventTable {
  const record = (event: AnyEvent): Promise<void> => recorder.add(event);
  return Object.fromEntries(subscribes[consumer].map((topic) => [topic, { '*': record }]));
}
