import { AppError } from '@muster/contracts';
import type { Db } from '@muster/db';
import type { Deps } from '../deps.ts';
import { findSite } from '../sql/find-site.ts';

/**
 * The zone of a site. The default site may be planned for before its own event arrives, as people may clock in there.
 * @throws AppError not_found
 */
export async function zoneOfSite(
  { defaultPlace }: Pick<Deps, 'defaultPlace'>,
  db: Db,
  siteId: string,
): Promise<string> {
  const site = await findSite(db, siteId);
  if (site) return site.zone;
  if (siteId === defaultPlace.siteId) return defaultPlace.zone;
  throw new AppError('not_found', 'There is no such site.');
}
