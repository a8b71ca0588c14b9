import type { SiteView } from '@muster/contracts/http/employee';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findSite } from '../sql/find-site.ts';
import { noSuchSite } from './sites/site-errors.ts';
import { siteView } from './sites/site-view.ts';

/**
 * One site.
 * @throws AppError not_found
 */
export async function getSite(deps: Deps, actor: Actor, id: string): Promise<SiteView> {
  authorise(actor, 'sites.read');
  const site = await findSite(deps.sql, id);
  if (site === undefined) throw noSuchSite();
  return siteView(deps, actor, site);
}
