import type { Db } from '@muster/db';
import type { Site } from '../domain/site.ts';
import { type SiteRow, siteColumns, toSite } from './site-row.ts';

/** Sites by name, and how many there are in all. */
export async function listSites(
  db: Db,
  page: { limit: number; offset: number },
): Promise<{ sites: Site[]; total: number }> {
  const [rows, [count]] = await Promise.all([
    db<SiteRow[]>`
      select ${siteColumns(db)} from sites where deleted_at is null
      order by name_key, id limit ${page.limit} offset ${page.offset}
    `,
    db<{ total: number }[]>`select count(*)::int as total from sites where deleted_at is null`,
  ]);
  return { sites: rows.map(toSite), total: count?.total ?? 0 };
}
