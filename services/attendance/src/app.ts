import { mountEvents, mountPersonalData } from '@muster/dapr';
import { isOutage } from '@muster/db';
import { type ActorEnv, authenticate, type Verifier } from '@muster/identity';
import { createHttp, type KitEnv, mountHealth, mountOpenApi, type ReadyChecks } from '@muster/service-kit';
import type { Deps } from './deps.ts';
import { eventTable } from './events/index.ts';
import { dayRoutes } from './http/day-routes.ts';
import { kioskRoutes } from './http/kiosk-routes.ts';
import { mountAutoscaler } from './http/mount-autoscaler.ts';
import { punchRoutes } from './http/punch-routes.ts';
import { readRoutes } from './http/read-routes.ts';
import { scalingRoutes } from './http/scaling-routes.ts';
import { erasePerson } from './verbs/erase-person.ts';
import { podsNow } from './verbs/pods-now.ts';
import { tellPersonalData } from './verbs/tell-personal-data.ts';

export interface AppOptions {
  verifier: Pick<Verifier, 'verify'>;
  appApiToken: string;
  /** What the autoscaler shows; without it nobody may ask for pods. */
  scalingToken?: string | undefined;
  ready: ReadyChecks;
}

// A punch is small; a plan of ten days, or an event with two snapshots of a person, may be larger.
const bodyLimitBytes = (path: string): number =>
  path.startsWith('/api/') && path !== '/api/attendance/planned-headcount' ? 16 * 1024 : 1024 * 1024;

/** Everything the service answers; never listens. */
export function createApp(deps: Deps, o: AppOptions) {
  const app = createHttp<KitEnv & ActorEnv>({ service: 'attendance', log: deps.log, bodyLimitBytes, isOutage });
  mountHealth(app, { ready: o.ready });
  mountEvents(app, {
    appId: 'attendance',
    appApiToken: o.appApiToken,
    handle: eventTable(deps.sql),
    sql: deps.sql,
    log: deps.log,
  });
  mountPersonalData(app, {
    appApiToken: o.appApiToken,
    read: (personId, cursor) => tellPersonalData(deps, personId, cursor),
    erase: (personId) => erasePerson(deps, personId),
  });
  mountAutoscaler(app, { token: o.scalingToken, podsNow: () => podsNow(deps) });
  app.use('/api/attendance/*', authenticate(o.verifier, { appApiToken: o.appApiToken }));
  app.route('/api/attendance', punchRoutes(deps));
  app.route('/api/attendance', kioskRoutes(deps));
  app.route('/api/attendance', scalingRoutes(deps));
  app.route('/api/attendance', dayRoutes(deps));
  app.route('/api/attendance', readRoutes(deps));
  mountOpenApi(app, {
    title: 'Muster attendance',
    description: 'Punches and sessions, kiosk PINs and QR codes, planned headcount',
    version: '1.0.0',
  });
  return app;
}
