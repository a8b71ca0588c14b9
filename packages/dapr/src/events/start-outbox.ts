import { subscribersOf } from '@muster/contracts';
import { type PublishBatch, type Relay, type Sql, startReconciler, startRelay } from '@muster/db';
import { type Log, tracing } from '@muster/service-kit';
import { z } from 'zod';
import type { Sidecar } from '../sidecar/create-sidecar.ts';
import { outboxMetrics } from './metrics.ts';
import { tracePublish } from './trace-publish.ts';

export interface OutboxOptions {
  sql: Sql;
  log: Log;
  sidecar: Pick<Sidecar, 'publish' | 'invoke'>;
  /** While true, publishing waits for more urgent work, a second at most. */
  yieldWhile?: () => boolean;
}

const answer = z.object({ missing: z.array(z.string()) });

/**
 * Sends what this service's transactions left in its outbox through the sidecar, and asks the inboxes of the subscribers
 * whether it arrived. `stop` publishes what is left, for 5 s at most.
 */
export function startOutbox({ sql, log, sidecar, ...rest }: OutboxOptions): Relay {
  const publish: PublishBatch = (topic, envelopes) => sidecar.publish(topic, envelopes);
  const relay = startRelay({ ...rest, sql, log, publish: tracing() ? tracePublish(publish) : publish });
  const ask = { method: 'POST', path: '/internal/inbox/missing', actor: null, schema: answer } as const;
  let resent = 0;
  const reconciler = startReconciler({
    sql,
    log,
    relay,
    onLost: (events) => {
      resent += events;
    },
    subscribers: subscribersOf,
    missing: async (app, ids) => (await sidecar.invoke({ ...ask, app, body: { ids } })).missing,
  });
  outboxMetrics(sql, () => ({ ...relay.stats(), resent }));
  return {
    ...relay,
    async stop() {
      await Promise.all([reconciler.stop(), relay.stop()]);
    },
  };
}
