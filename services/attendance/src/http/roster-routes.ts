import type { ActorEnv } from '@muster/identity';
import { createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';

/** Who works when. */
export function rosterRoutes(_deps: Deps) {
  return createRouter<KitEnv & ActorEnv>();
}
