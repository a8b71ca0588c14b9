import type { ActorEnv } from '@muster/identity';
import { createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';

/** Shift types, and who works them. */
export function shiftRoutes(_deps: Deps) {
  return createRouter<KitEnv & ActorEnv>();
}
