import { isSampled, traced } from '@muster/service-kit';
import type { Delivery } from './deliver.ts';

/** Deliveries as spans, for events whose trace is kept. The handler gets its event with the span as `traceparent`. */
export function traceDelivery(deliver: Delivery['deliver']): Delivery['deliver'] {
  return (event, handler) => {
    if (!isSampled(event.traceparent)) return deliver(event, handler);
    const attributes = {
      'messaging.system': 'dapr',
      'messaging.destination.name': event.type.split('.', 1)[0] ?? '',
      'muster.event.id': event.id,
      'muster.event.type': event.type,
    };
    const options = { kind: 'consumer', parent: event.traceparent, attributes } as const;
    return traced(`deliver ${event.type}`, options, async (span) => {
      const verdict = await deliver({ ...event, traceparent: span.traceparent }, handler);
      if (verdict !== 'SUCCESS') span.fail(verdict);
      return verdict;
    });
  };
}
