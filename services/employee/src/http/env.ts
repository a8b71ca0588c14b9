import type { ActorEnv } from '@muster/identity';
import type { KitEnv } from '@muster/service-kit';

/** What every handler of this service finds in its context. */
export type HttpEnv = KitEnv & ActorEnv;
