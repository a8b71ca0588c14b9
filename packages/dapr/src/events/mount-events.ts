import type { App } from '@muster/contracts';
import { claimInbox, type Sql } from '@muster/db';
import { type Log, tracing } from '@muster/service-kit';
import { type Env, Hono } from 'hono';
import { requireSidecar } from '../require-sidecar.ts';
import { deadLetterRoutes } from './dead-letter-routes.ts';
import { createDelivery, isAway } from './deliver.ts';
import { handlerFor } from './handler-for.ts';
import { inboxRoutes } from './inbox-routes.ts';
import { deadLetterMetrics } from './metrics.ts';
import { parkEvent } from './park-event.ts';
import { parseEvent } from './parse-event.ts';
import { subscriptions } from './subscriptions.ts';
import { traceDelivery } from './trace-delivery.ts';
import type { EventTable } from './types.ts';

export interface MountEventsOptions {
  appId: App;
  appApiToken: string;
  handle: EventTable;
  sql: Sql;
  log: Log;
}

/**
 * Generates from one table all that Dapr needs to deliver to this app: `GET /dapr/subscribe`, `POST /events/<topic>` and
 * `/events/dead`, and `/internal/inbox/missing`, `/internal/dead-letters`. All of it answers to the sidecar only.
 */
export function mountEvents<E extends Env>(app: Hono<E>, o: MountEventsOptions): void {
  const routes = new Hono();
  const fromSidecar = requireSidecar(o.appApiToken);
  const { deliver: handleOne, reasonOf } = createDelivery(o.log);
  const deliver = tracing() ? traceDelivery(handleOne) : handleOne;
  const topics = Object.keys(o.handle);
  deadLetterMetrics(o.sql);
  for (const path of ['/dapr/*', '/events/*', '/internal/inbox/*', '/internal/dead-letters/*'])
    routes.use(path, fromSidecar);

  routes.get('/dapr/subscribe', (c) => c.json(subscriptions(o.appId, topics)));
  for (const topic of topics) {
    routes.post(`/events/${topic}`, async (c) => {
      const event = parseEvent(await c.req.json().catch(() => undefined));
      if (!event) {
        o.log.error({ topic }, 'event cannot be read: to the dead letters');
        return c.json({ status: 'DROP' });
      }
      // A type of no interest is noted as arrived all the same, or its producer would send it again for ever.
      const handler = handlerFor(o.handle, topic, event.type) ?? (() => claimInbox(o.sql, o.appId, [event.id]));
      return c.json({ status: await deliver(event, handler) });
    });
  }
  routes.post('/events/dead', async (c) => {
    try {
      await parkEvent(o.sql, await c.req.json().catch(() => undefined), reasonOf);
      return c.json({ status: 'SUCCESS' });
    } catch (err) {
      // There is no topic behind this one: whatever went wrong, losing the event would be worse than trying again.
      o.log.error({ err, away: isAway(err) }, 'dead letter cannot be parked yet');
      return c.json({ status: 'RETRY' });
    }
  });
  routes.route('/', inboxRoutes(o.sql));
  routes.route('/', deadLetterRoutes(o));
  app.route('/', routes as unknown as Hono<E>);
}
