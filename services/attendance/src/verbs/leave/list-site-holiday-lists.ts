import { AppError } from '@muster/contracts';
import type { SiteHolidayLists } from '@muster/contracts/http/attendance-holidays';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findSite } from '../../sql/find-site.ts';
import { selectSiteHolidayLists } from '../../sql/leave/site-holiday-lists.ts';

/** Which holiday lists a site has, and from when on. Throws `not_found`. */
export async function listSiteHolidayLists(
  deps: Pick<Deps, 'sql' | 'defaultPlace'>,
  actor: Actor,
  siteId: string,
): Promise<SiteHolidayLists> {
  authorise(actor, 'holidays.read');
  if (siteId !== deps.defaultPlace.siteId && !(await findSite(deps.sql, siteId)))
    throw new AppError('not_found', 'There is no such site.');
  return { data: await selectSiteHolidayLists(deps.sql, siteId) };
}
