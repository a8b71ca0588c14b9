import type { Report } from './progress.ts';
import type { DefaultSite } from './service-env.ts';
import type { ServiceDefinition } from './services.ts';

export interface PlatformOptions {
  /** Environment to use, kept between runs. Default: a throwaway one, removed on `stop`. */
  name?: string;
  /** `fixed`: those of `make up`; `free` (default): any that are free now, kept with a named environment. */
  ports?: 'fixed' | 'free';
  /** Default: every service of Muster whose sources are there. */
  services?: readonly ServiceDefinition[];
  /** Start what images carry (`dist/<service>/main.js`, by `make bundles`) instead of the sources. */
  bundles?: boolean;
  /** Only these of them (app-ids). */
  only?: readonly string[];
  /** How many processes of a service, each with a sidecar. Default 1; more can join by `addReplica`. */
  replicas?: Record<string, number>;
  /** Folder of the Dapr components. Default: the repository's `dapr-components`. */
  components?: string;
  /** More variables, by app-id; `'*'` for every service. They win over the platform's. */
  env?: Record<string, Record<string, string>>;
  /** How much a service yields the processor to the others, by app-id: 0 (default) to 19. */
  niceness?: Record<string, number>;
  admin?: { email: string; password: string };
  site?: DefaultSite;
  /** Restart a service when its sources, or a package it uses, change. */
  watch?: boolean;
  /** Called whenever something moves. */
  onProgress?: Report;
}

/** The administrator of a laptop; a cluster's comes from its own secret. */
export const localAdmin = { email: 'admin@muster.local', password: 'Muster-admin-1' };

/** Hashing passwords takes every processor it gets: on one machine with all others it yields to who stands at the door. */
export const localNiceness: Record<string, number> = { auth: 19 };

export const localSite = (): DefaultSite => ({
  name: 'Head office',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
});
