import type { Db } from '@muster/db';
import type { Site } from '../domain/site.ts';
import { type SiteRow, siteColumns, toSite } from './site-row.ts';

/** The site of this id, unless it was deleted. */
export async function findSite(db: Db, id: string): Promise<Site | undefined> {
  const [row] = await db<SiteRow[]>`select ${siteColumns(db)} from sites where id = ${id} and deleted_at is null`;
  return row && toSite(row);
}
