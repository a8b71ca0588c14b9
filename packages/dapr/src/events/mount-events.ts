import { type App, deadLetterTopic, PUBSUB } from '@muster/contracts';
import type { Sql } from '@muster/db';
import type { Log } from '@muster/service-kit';
import { type Env, Hono } from 'hono';
import { requireSidecar } from '../require-sidecar.ts';
import { createDelivery, handlerFor } from './deliver.ts';
import { parseEvent } from './parse-event.ts';
import type { EventTable } from './types.ts';

export interface MountEventsOptions {
  appId: App;
  appApiToken: string;
  handle: EventTable;
  sql: Sql;
  log: Log;
}

/** What `GET /dapr/subscribe` answers: one entry per topic of the table and one for the app's own dead letters. */
export function subscriptions(appId: App, topics: string[]) {
  const dead = deadLetterTopic(appId);
  return [
    ...topics.map((topic) => ({ pubsubname: PUBSUB, topic, route: `/events/${topic}`, deadLetterTopic: dead })),
    { pubsubname: PUBSUB, topic: dead, route: '/events/dead' },
  ];
}

/**
 * Generates from one table everything Dapr needs to deliver to this app: `GET /dapr/subscribe`, `POST /events/<topic>`
 * and `/events/dead`, and the inner routes that look after inbox and dead letters. All of it answers to the sidecar only.
 */
export function mountEvents<E extends Env>(app: Hono<E>, o: MountEventsOptions): void {
  const routes = new Hono();
  const guard = requireSidecar(o.appApiToken);
  const deliver = createDelivery(o.log);
  routes.get('/dapr/subscribe', guard, (c) => c.json(subscriptions(o.appId, Object.keys(o.handle))));
  for (const [topic, table] of Object.entries(o.handle)) {
    routes.post(`/events/${topic}`, guard, async (c) => {
      const event = parseEvent(await c.req.json().catch(() => undefined));
      if (event) return c.json({ status: await deliver(event, handlerFor(table, event.type)) });
      o.log.error({ topic }, 'event cannot be parsed: to the dead letters');
      return c.json({ status: 'DROP' });
    });
  }
  app.route('/', routes as unknown as Hono<E>);
}
