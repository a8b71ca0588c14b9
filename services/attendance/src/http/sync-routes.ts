import type { ActorEnv } from '@muster/identity';
import { createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';

/** Punches that were made elsewhere or earlier: offline, imported; and breaks. */
export function syncRoutes(_deps: Deps) {
  return createRouter<KitEnv & ActorEnv>();
}
