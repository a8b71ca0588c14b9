import { type Page, toPage } from '@muster/contracts';
import type { SiteView } from '@muster/contracts/http/employee';
import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { listSites as selectSites } from '../sql/list-sites.ts';
import { siteView } from './sites/site-view.ts';

/** Every site, by name; for anybody who is signed in. */
export async function listSites(
  deps: Deps,
  actor: Actor,
  query: { page: number; limit: number },
): Promise<Page<SiteView>> {
  const { page, limit } = query;
  const { sites, total } = await selectSites(deps.sql, { limit, offset: (page - 1) * limit });
  return toPage(
    sites.map((site) => siteView(deps, actor, site)),
    total,
    { page, limit },
  );
}
