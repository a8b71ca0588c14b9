import type { ActorEnv } from '@muster/identity';
import { createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';

/** Timesheets, the month and its reports. */
export function timesheetRoutes(_deps: Deps) {
  return createRouter<KitEnv & ActorEnv>();
}
