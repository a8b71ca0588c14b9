import type { ActorEnv } from '@muster/identity';
import { createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';

/** Leave: asked for, approved, taken. */
export function leaveRoutes(_deps: Deps) {
  return createRouter<KitEnv & ActorEnv>();
}
