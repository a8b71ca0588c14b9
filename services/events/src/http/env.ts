import type { ActorEnv } from '@muster/identity';
import type { KitEnv } from '@muster/service-kit';

/** What the handlers of this service find in their context. */
export type EventsEnv = KitEnv & ActorEnv;
