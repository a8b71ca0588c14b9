import type { Db } from '@muster/db';
import { bytesPerPart, PackedRecords } from '../../domain/live/packed-records.ts';
import { UuidIndex, uuidBytes } from '../../domain/live/uuid-index.ts';
import { readParts } from './read-parts.ts';

export interface SitePeople {
  /** Null where the site's own events have not arrived. */
  siteName: string | null;
  zone: string | null;
  /** In order. */
  ids: UuidIndex;
}

interface Row extends Pick<SitePeople, 'siteName' | 'zone'> {
  ids: string | null;
}

/** Everybody who works at a site, in order of id, as bytes: a row each would cost more to read than to find. */
export async function loadSitePeople(
  sql: Db,
  { siteId, departments }: { siteId: string; departments?: string[] | undefined },
): Promise<SitePeople> {
  const parts: string[] = [];
  let site: Pick<Row, 'siteName' | 'zone'> = { siteName: null, zone: null };
  const query = sql<Row[]>`
    with staff as materialized (
      select string_agg(uuid_send(id), '' order by id) as ids from people
      where site_id = ${siteId} and status = 'active' and role <> 'kiosk'
        ${departments === undefined ? sql`` : sql`and department = any(${departments})`}
    )
    select (select name from sites where id = ${siteId}) as "siteName", (select zone from sites where id = ${siteId}),
      encode(substring(ids from part for ${bytesPerPart}), 'hex') as ids
    from staff left join lateral generate_series(1, length(ids), ${bytesPerPart}) as part on true
    order by part`;
  await readParts(query, ({ siteName, zone, ids }) => {
    site = { siteName, zone };
    parts.push(ids ?? '');
  });
  return { ...site, ids: new UuidIndex(new PackedRecords(parts, uuidBytes)) };
}
