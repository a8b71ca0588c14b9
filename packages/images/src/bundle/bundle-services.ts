import { join } from 'node:path';
import { repoRoot } from '@muster/dev-env';
import { bundleService, type ServiceBundle } from './bundle-service.ts';
import { servicePlans } from './service-plan.ts';

export type { ServiceBundle } from './bundle-service.ts';

/** Where bundles and archives go; git does not see it. */
export const distFolder: string = join(repoRoot, 'dist');

/** Bundles every service, or those named, into `dist/<service>/`. Throws for a name that is none. */
export async function bundleServices(
  names: readonly string[] = [],
  target: string = distFolder,
): Promise<ServiceBundle[]> {
  const bundles: ServiceBundle[] = [];
  for (const plan of servicePlans(names)) bundles.push(await bundleService(plan, target));
  return bundles;
}
