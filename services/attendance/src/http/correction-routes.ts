import type { ActorEnv } from '@muster/identity';
import { createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';

/** Corrections, conflicts and locked months. */
export function correctionRoutes(_deps: Deps) {
  return createRouter<KitEnv & ActorEnv>();
}
