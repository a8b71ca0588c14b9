import type { EventEnvelope } from '@muster/contracts';
import type { PublishBatch } from '@muster/db';

/** Stands in for the sidecar and the relay where a test only wants to see what would have been sent. */
export interface FakeBus {
  /** As the relay calls it; throws while {@link FakeBus.away}. */
  publish: PublishBatch;
  /** What was published, in order, with its topic. */
  readonly sent: { topic: string; envelope: EventEnvelope }[];
  /** The data of published events of one type, in order. */
  dataOf(type: string): Record<string, unknown>[];
  /** Set it to make publishing fail as it does when the broker is away. */
  away: boolean;
  /** Ids of events the broker refuses one by one. */
  readonly refused: Set<string>;
  /** Goes where a verb expects the relay; counts how often it was woken. */
  readonly relay: { wake(): void; wakes: number };
}

/** A bus without anybody at the other end. */
export function fakeBus(): FakeBus {
  const sent: FakeBus['sent'] = [];
  const refused = new Set<string>();
  const bus: FakeBus = {
    sent,
    refused,
    away: false,
    relay: {
      wakes: 0,
      wake() {
        this.wakes++;
      },
    },
    dataOf: (type) => sent.filter(({ envelope }) => envelope.type === type).map(({ envelope }) => envelope.data),
    async publish(topic, envelopes) {
      if (bus.away) throw new Error('The broker is away.');
      const failed = new Map<string, string>();
      for (const envelope of envelopes) {
        if (refused.has(envelope.id)) failed.set(envelope.id, 'refused');
        else sent.push({ topic, envelope });
      }
      return { failed };
    },
  };
  return bus;
}
