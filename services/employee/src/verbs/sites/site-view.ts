import type { SiteView } from '@muster/contracts/http/employee';
import { type Actor, can } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import type { Site } from '../../domain/site.ts';

/** The site as this actor may see it: address ranges are for those who manage sites. */
export function siteView(deps: Deps, actor: Actor, { ipAllowList, ...site }: Site): SiteView {
  return {
    ...site,
    ...(can(actor, 'sites.manage') && { ipAllowList }),
    isDefault: site.id === deps.defaultSite.id,
  };
}
