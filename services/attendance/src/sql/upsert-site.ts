import type { SiteSnapshot } from '@muster/contracts';
import type { Db } from '@muster/db';

/** Projects a site. A deleted one keeps its zone: its people may still have to check out. Older events change nothing. */
export async function upsertSite(
  sql: Db,
  id: string,
  version: number,
  site: SiteSnapshot,
  deleted: boolean,
): Promise<void> {
  await sql`
    insert into sites (id, name, zone, geofence, ip_allow_list, deleted, version)
    values (${id}, ${site.name}, ${site.zone}, ${site.geofence === null ? null : JSON.stringify(site.geofence)}::text::jsonb,
      ${site.ipAllowList}::text[], ${deleted}, ${version})
    on conflict (id) do update set name = excluded.name, zone = excluded.zone, geofence = excluded.geofence,
      ip_allow_list = excluded.ip_allow_list, deleted = excluded.deleted, version = excluded.version
    where sites.version < excluded.version`;
}
