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
  ids: string;
  names: string;
}

/** Unit separator: nobody has it in a name. */
const separator = '\u001f';
const perText = 1000;

/**
 * Everybody who works at a site, in order of id. Some hundred in a text: as a row each they would cost more to read than to find, and
 * texts longer than 128 KiB are old garbage at once.
 */
export async function loadSitePeople(
  sql: Db,
  { siteId, departments }: { siteId: string; departments?: string[] | undefined },
): Promise<SitePeople> {
  const rows = await sql<Row[]>`
    select (select name from sites where id = ${siteId}) as "siteName", (select zone from sites where id = ${siteId}),
      string_agg(id::text, ',' order by id) as ids,
      string_agg(replace(name, ${separator}, ' '), ${separator} order by id) as names
    from (
      select id, name, row_number() over (order by id) / ${perText} as part from people
      where site_id = ${siteId} and status = 'active' and role <> 'kiosk'
        ${departments === undefined ? sql`` : sql`and department = any(${departments})`}
    ) as staff
    group by part order by part`;
  return {
    siteName: rows[0]?.siteName ?? null,
    zone: rows[0]?.zone ?? null,
    ids: rows.flatMap(({ ids }) => ids.split(',')),
    names: rows.flatMap(({ names }) => names.split(separator)),
  };
}
