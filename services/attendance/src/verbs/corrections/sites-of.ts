import { AppError } from '@muster/contracts';
import type { Deps } from '../../deps.ts';
import { listSites } from '../../sql/corrections/list-sites.ts';

export interface SiteAtWork {
  id: string;
  /** Null for the default site while its own event has not arrived. */
  name: string | null;
  zone: string;
}

/** One site, or every site there is; the default one always. Throws `not_found`. */
export async function sitesOf(
  { sql, defaultPlace }: Pick<Deps, 'sql' | 'defaultPlace'>,
  siteId?: string,
): Promise<SiteAtWork[]> {
  const known: SiteAtWork[] = await listSites(sql);
  const all = known.some(({ id }) => id === defaultPlace.siteId)
    ? known
    : [...known, { id: defaultPlace.siteId, name: null, zone: defaultPlace.zone }];
  const wanted = siteId === undefined ? all : all.filter(({ id }) => id === siteId);
  if (wanted.length === 0) throw new AppError('not_found', 'There is no such site.');
  return wanted;
}
