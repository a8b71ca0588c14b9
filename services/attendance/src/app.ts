import { type JobTable, mountEvents, mountJobs, mountPersonalData } from '@muster/dapr';
import { isOutage } from '@muster/db';
import { type ActorEnv, authenticate, type Verifier } from '@muster/identity';
import { createHttp, type KitEnv, mountHealth, mountOpenApi, type ReadyChecks } from '@muster/service-kit';
import type { Deps } from './deps.ts';
import { eventTable } from './events/index.ts';
import { breakRoutes } from './http/break-routes.ts';
import { calendarFeedRoutes } from './http/calendar-feed-routes.ts';
import { calendarRoutes } from './http/calendar-routes.ts';
import { classAttendanceRoutes } from './http/class-attendance-routes.ts';
import { classRoutes } from './http/class-routes.ts';
import { classSocketRoutes } from './http/class-socket-routes.ts';
import { correctionRoutes } from './http/correction-routes.ts';
import { dayRoutes } from './http/day-routes.ts';
import { heldRoutes } from './http/held-routes.ts';
import { holidayRoutes } from './http/holiday-routes.ts';
import { kioskRoutes } from './http/kiosk-routes.ts';
import { leaveRoutes } from './http/leave-routes.ts';
import { liveRoutes } from './http/live-routes.ts';
import { mountAutoscaler } from './http/mount-autoscaler.ts';
import { openShiftRoutes } from './http/open-shift-routes.ts';
import { pickRoutes } from './http/pick-routes.ts';
import { punchRoutes } from './http/punch-routes.ts';
import { readRoutes } from './http/read-routes.ts';
import { rosterFileRoutes } from './http/roster-file-routes.ts';
import { rosterRoutes } from './http/roster-routes.ts';
import { scalingRoutes } from './http/scaling-routes.ts';
import { shiftRoutes } from './http/shift-routes.ts';
import { siteSettingsRoutes } from './http/site-settings-routes.ts';
import { swapRoutes } from './http/swap-routes.ts';
import { syncRoutes } from './http/sync-routes.ts';
import { timesheetRoutes } from './http/timesheet-routes.ts';
import { erasePerson } from './verbs/erase-person.ts';
import { podsNow } from './verbs/pods-now.ts';
import { tellPersonalData } from './verbs/tell-personal-data.ts';

export interface AppOptions {
  verifier: Pick<Verifier, 'verify'>;
  appApiToken: string;
  /** What the autoscaler shows; without it nobody may ask for pods. */
  scalingToken?: string | undefined;
  ready: ReadyChecks;
  jobs?: JobTable;
}

const prefixes = ['attendance', 'shifts', 'rosters', 'holidays', 'leave', 'classes'].map((one) => `/api/${one}`);

const bodyLimits = new Map([
  // A thousand punches with their notes; a hundred thousand lines of a device.
  ['/api/attendance/punches/sync', 4 * 1024 * 1024],
  ['/api/attendance/punches/import', 12 * 1024 * 1024],
  // 50,000 rows; the gateway and the sidecars take 16 MiB.
  ['/api/rosters/import', 12 * 1024 * 1024],
]);
// A punch is small; a plan of ten days, a class of a thousand, a part of a roster, or an event with two snapshots of a person, may be larger.
const large = ['/api/attendance/planned-headcount', '/api/classes', '/api/rosters'];
const bodyLimitBytes = (path: string): number => bodyLimits.get(path) ?? limitOf(path);
const limitOf = (path: string): number =>
  path.startsWith('/api/') && !large.some((one) => path.startsWith(one)) ? 16 * 1024 : 1024 * 1024;

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
  mountJobs(app, { appApiToken: o.appApiToken, handle: o.jobs ?? {}, log: deps.log });
  mountPersonalData(app, {
    appApiToken: o.appApiToken,
    read: (personId, cursor) => tellPersonalData(deps, personId, cursor),
    erase: (personId) => erasePerson(deps, personId),
  });
  app.route('/internal/class-attendance', classSocketRoutes(deps, o.appApiToken));
  mountAutoscaler(app, { token: o.scalingToken, podsNow: () => podsNow(deps) });
  // Before the next lines: a calendar app has no token, its address is one.
  app.route('/api/rosters', calendarFeedRoutes(deps));
  const identified = authenticate(o.verifier, { appApiToken: o.appApiToken });
  for (const prefix of prefixes) app.use(`${prefix}/*`, identified);
  app.route('/api/attendance', punchRoutes(deps));
  app.route('/api/attendance', kioskRoutes(deps));
  app.route('/api/attendance', scalingRoutes(deps));
  app.route('/api/attendance', dayRoutes(deps));
  app.route('/api/shifts', shiftRoutes(deps));
  app.route('/api/rosters', calendarRoutes(deps));
  app.route('/api/rosters', rosterFileRoutes(deps));
  app.route('/api/rosters', swapRoutes(deps));
  app.route('/api/rosters', openShiftRoutes(deps));
  app.route('/api/rosters', pickRoutes(deps));
  app.route('/api/rosters', rosterRoutes(deps));
  app.route('/api/holidays', holidayRoutes(deps));
  app.route('/api/leave', leaveRoutes(deps));
  app.route('/api/classes', classRoutes(deps));
  app.route('/api/attendance', classAttendanceRoutes(deps));
  app.route('/api/attendance', correctionRoutes(deps));
  app.route('/api/attendance', syncRoutes(deps));
  app.route('/api/attendance', breakRoutes(deps));
  app.route('/api/attendance', heldRoutes(deps));
  app.route('/api/attendance', siteSettingsRoutes(deps));
  app.route('/api/attendance', liveRoutes(deps));
  app.route('/api/attendance', timesheetRoutes(deps));
  // Last: its `/:id` takes what no other route wants.
  app.route('/api/attendance', readRoutes(deps));
  mountOpenApi(app, {
    title: 'Muster attendance',
    description: 'Punches, sessions and attendance days; shifts, rosters, leave, corrections, timesheets, classes',
    version: '1.0.0',
  });
  return app;
}
