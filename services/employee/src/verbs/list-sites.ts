import { type Page, toPage } from '@muster/contracts';
import type { SiteView } from '@muster/contracts/http/employee';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { listSites as selectSites } from '../sql/list-sites.ts';
import { siteView } from './sites/site-view.ts';

/** Every site, by name. */
export async function listSites(
  deps: Deps,
  actor: Actor,
  query: { page: number; limit: number },
): Promise<Page<SiteView>> {
  authorise(actor, 'sites.read');
  const { page, limit } = query;
  const { sites, total } = await selectSites(deps.sql, { limit, offset: (page - 1) * limit });
  return toPage(
    sites.map((site) => siteView(deps, actor, site)),
    total,
    { page, limit },
  );
}
