import type { ActorEnv } from '@muster/identity';
import { createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';

/** Attendance of classes: marked, read, and dropped from the cache. */
export function classAttendanceRoutes(_deps: Deps) {
  return createRouter<KitEnv & ActorEnv>();
}
