import type { Db } from '@muster/db';

export interface SitePeople {
  /** Null where the site's own events have not arrived. */
  siteName: string | null;
  zone: string | null;
  /** In order, and their names in the same. */
  ids: string[];
  names: string[];
}

interface Row extends Pick<SitePeople, 'siteName' | 'zone'> {
  ids: string | null;
  names: string | null;
}

/** Everybody who works at a site, in order of id. Two texts for all of them: thousands of rows would cost more to read than to find. */
export async function loadSitePeople(
  sql: Db,
  { siteId, departments }: { siteId: string; departments?: string[] | undefined },
): Promise<SitePeople> {
  const [row] = await sql<[Row]>`
    select (select name from sites where id = ${siteId}) as "siteName", (select zone from sites where id = ${siteId}),
      string_agg(id::text, ',') as ids, json_agg(name)::text as names
    from (
      select id, name from people
      where site_id = ${siteId} and status = 'active' and role <> 'kiosk'
        ${departments === undefined ? sql`` : sql`and department = any(${departments})`}
      order by id
    ) as staff`;
  const { siteName, zone, ids, names } = row;
  return { siteName, zone, ids: ids?.split(',') ?? [], names: JSON.parse(names ?? '[]') as string[] };
}
