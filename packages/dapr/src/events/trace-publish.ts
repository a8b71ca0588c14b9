import type { EventEnvelope } from '@muster/contracts';
import type { PublishBatch } from '@muster/db';
import { isSampled, type OpenSpan, startSpan } from '@muster/service-kit';

/** When a UUIDv7 was made, Unix ms. */
const madeAt = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** The span of an event's wait in the outbox, over, and in it the one of its publishing, which goes on. */
function begin(event: EventEnvelope, topic: string, together: number): OpenSpan {
  const now = Date.now();
  const attributes = { 'muster.event.id': event.id, 'muster.event.type': event.type };
  const startedAt = Math.min(madeAt(event.id), now);
  const outbox = startSpan(`outbox ${event.type}`, { parent: event.traceparent, attributes, startedAt });
  outbox.end(now);
  return startSpan(`publish ${topic}`, {
    kind: 'producer',
    parent: outbox.traceparent,
    startedAt: now,
    attributes: {
      ...attributes,
      'messaging.system': 'dapr',
      'messaging.destination.name': topic,
      'messaging.batch.message_count': together,
    },
  });
}

/**
 * Publishing with spans: of each event whose trace is kept, its wait in the outbox and its publishing. The event goes on with
 * the context of the latter.
 */
export function tracePublish(publish: PublishBatch): PublishBatch {
  return async (topic, envelopes) => {
    const spans = new Map<string, OpenSpan>();
    const sent = envelopes.map((event) => {
      if (!isSampled(event.traceparent)) return event;
      const span = begin(event, topic, envelopes.length);
      spans.set(event.id, span);
      const { traceparent } = span;
      // Without `traceid`, its older name for the same, daprd overwrites `traceparent` with what it knows: nothing.
      return { ...event, traceparent, traceid: traceparent };
    });
    try {
      const { failed } = await publish(topic, sent);
      for (const [id, reason] of failed) spans.get(id)?.fail(reason);
      return { failed };
    } catch (error) {
      for (const span of spans.values()) span.fail(error);
      throw error;
    } finally {
      for (const span of spans.values()) span.end();
    }
  };
}
