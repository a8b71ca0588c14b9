import type { OutboxEvent } from './new-event.ts';

/** The columns a writer fills, in the order of {@link OutboxRows}' fields. The rest have defaults. */
export const outboxColumns = ['id', 'topic', 'type', 'subject', 'payload'] as const;

/** One array per column, ready for `unnest(${ids}::uuid[], ${topics}::text[], …, ${payloads}::text[])`; the payload is then cast `::json`. */
export interface OutboxRows {
  ids: string[];
  topics: string[];
  types: string[];
  subjects: (string | null)[];
  payloads: string[];
}

/** Turns events into column arrays, for a statement that writes outbox rows of its own (see attendance's punches). */
export function outboxRows(events: readonly OutboxEvent[]): OutboxRows {
  return {
    ids: events.map((event) => event.id),
    topics: events.map((event) => event.topic),
    types: events.map((event) => event.type),
    subjects: events.map((event) => event.subject ?? null),
    payloads: events.map((event) => JSON.stringify(event.envelope)),
  };
}
