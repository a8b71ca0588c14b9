import type { EventData, EventEnvelope, EventType } from '@muster/contracts';

/** A received event of a known type, its data parsed by the schema of that type. */
export type EventOf<T extends EventType> = Omit<EventEnvelope, 'type' | 'data'> & { type: T; data: EventData<T> };

/** Any received event: for `'*'`. A type this build does not know comes with its data as it is. */
export type AnyEvent = EventEnvelope;

/**
 * Must be safe to repeat: deliveries come at least once, out of order, sometimes two at a time. Throw to have it tried
 * again: an outage for as long as it lasts, any other error five times, then the event goes to the dead letters.
 */
export type EventHandler<E = AnyEvent> = (event: E) => Promise<unknown>;

/** What a service does on one topic: handlers by type; `'*'` takes every type without a handler of its own. */
export type TopicTable = { [T in EventType]?: EventHandler<EventOf<T>> } & { '*'?: EventHandler };

/** The one table of a service's events: topic → type → handler. Subscriptions and routes are generated from it. */
export type EventTable = Record<string, TopicTable>;
