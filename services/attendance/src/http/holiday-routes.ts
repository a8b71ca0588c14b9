import type { ActorEnv } from '@muster/identity';
import { createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';

/** Holiday lists of sites. */
export function holidayRoutes(_deps: Deps) {
  return createRouter<KitEnv & ActorEnv>();
}
