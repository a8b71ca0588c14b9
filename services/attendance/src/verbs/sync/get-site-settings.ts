import { AppError } from '@muster/contracts';
import type { SiteSettings } from '@muster/contracts/http/attendance';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { defaultSiteSettings } from '../../domain/sync/place-rules.ts';
import { findSite } from '../../sql/find-site.ts';
import { findSiteSettings } from '../../sql/sync/site-settings.ts';

/** What a site does about punches that are not where they should be. Throws `not_found` for a site nobody knows. */
export async function getSiteSettings(deps: Deps, actor: Actor, siteId: string): Promise<SiteSettings> {
  authorise(actor, 'rules.read');
  if (!(await findSite(deps.sql, siteId)) && siteId !== deps.defaultPlace.siteId)
    throw new AppError('not_found', 'There is no such site.');
  return (await findSiteSettings(deps.sql, siteId)) ?? { siteId, ...defaultSiteSettings, version: 0 };
}
