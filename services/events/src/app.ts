import type { OpenAPIHono } from '@hono/zod-openapi';
import type { EventEnvelope } from '@muster/contracts';
import { mountEvents, mountPersonalData } from '@muster/dapr';
import { type Batcher, isOutage } from '@muster/db';
import { authenticate, type Verifier } from '@muster/identity';
import { createHttp, type Log, mountHealth, mountOpenApi, type ReadyChecks } from '@muster/service-kit';
import type { Deps } from './deps.ts';
import { eventTable } from './events/index.ts';
import { auditRoutes } from './http/audit-logs.ts';
import type { EventsEnv } from './http/env.ts';
import { notificationRoutes } from './http/notifications.ts';
import { erasePerson } from './verbs/erase-person.ts';
import { tellPersonalData } from './verbs/tell-personal-data.ts';

export interface AppOptions {
  deps: Deps;
  log: Log;
  verifier: Verifier;
  appApiToken: string;
  recorder: Pick<Batcher<EventEnvelope, void>, 'add'>;
  ready: ReadyChecks;
}

/** Everything this service answers over HTTP. Never listens. */
export function createApp({ deps, log, verifier, appApiToken, recorder, ready }: AppOptions): OpenAPIHono<EventsEnv> {
  const app = createHttp<EventsEnv>({ service: 'events', log, isOutage });
  mountHealth(app, { ready });
  mountOpenApi(app, {
    title: 'Muster events',
    description: 'Audit log, notifications, sockets',
    version: '1.0.0',
  });
  mountEvents(app, { appId: 'events', appApiToken, handle: eventTable(recorder), sql: deps.sql, log });
  mountPersonalData(app, {
    appApiToken,
    read: (personId, cursor) => tellPersonalData(deps, personId, cursor),
    erase: (personId) => erasePerson(deps, personId),
  });
  app.use('/api/*', authenticate(verifier, { appApiToken }));
  app.route('/api/notifications', notificationRoutes(deps));
  app.route('/api/audit-logs', auditRoutes(deps));
  return app;
}
