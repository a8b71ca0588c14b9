import { foldText } from '@muster/contracts';
import type { Tx } from '@muster/db';
import type { Site } from '../domain/site.ts';

/** Inserts a site; false when one of this id exists, deleted ones included. Throws the unique violation `sites_name_key`. */
export async function insertSite(tx: Tx, site: Site, at: string): Promise<boolean> {
  const rows = await tx`
    insert into sites (id, version, name, name_key, zone, latitude, longitude, radius_m, ip_allow_list, created_at, updated_at)
    values (${site.id}, ${site.version}, ${site.name}, ${foldText(site.name)}, ${site.zone},
      ${site.geofence?.latitude ?? null}, ${site.geofence?.longitude ?? null}, ${site.geofence?.radiusM ?? null},
      ${site.ipAllowList}, ${at}, ${at})
    on conflict (id) do nothing
    returning id
  `;
  return rows.length > 0;
}
