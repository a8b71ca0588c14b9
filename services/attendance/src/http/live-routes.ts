import type { ActorEnv } from '@muster/identity';
import { createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';

/** Who is there now. */
export function liveRoutes(_deps: Deps) {
  return createRouter<KitEnv & ActorEnv>();
}
