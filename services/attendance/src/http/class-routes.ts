import type { ActorEnv } from '@muster/identity';
import { createRouter, type KitEnv } from '@muster/service-kit';
import type { Deps } from '../deps.ts';

/** Classes, their teachers and members. */
export function classRoutes(_deps: Deps) {
  return createRouter<KitEnv & ActorEnv>();
}
