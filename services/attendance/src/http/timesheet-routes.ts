import type { ActorEnv } from '@muster/identity';
import { createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';
import { closeRoutes } from './close-routes.ts';
import { monthSheetRoutes } from './month-sheet-routes.ts';
import { overtimeRoutes } from './overtime-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { ruleRoutes } from './rule-routes.ts';

/** Timesheets, the month and its reports; the rules and approvals they rest on. */
export function timesheetRoutes(deps: Deps) {
  const router = createRouter<KitEnv & ActorEnv>();
  router.route('/', ruleRoutes(deps));
  router.route('/', overtimeRoutes(deps));
  router.route('/', monthSheetRoutes(deps));
  router.route('/', closeRoutes(deps));
  router.route('/', reportRoutes(deps));
  return router;
}
