import { foldText } from '@muster/contracts';
import type { Tx } from '@muster/db';
import type { Site } from '../domain/site.ts';

/** Writes a site that this transaction has locked. Throws the unique violation `sites_name_key`. */
export async function saveSite(tx: Tx, site: Site, at: string): Promise<void> {
  await tx`
    update sites set
      version = ${site.version}, name = ${site.name}, name_key = ${foldText(site.name)}, zone = ${site.zone},
      latitude = ${site.geofence?.latitude ?? null}, longitude = ${site.geofence?.longitude ?? null},
      radius_m = ${site.geofence?.radiusM ?? null}, ip_allow_list = ${site.ipAllowList}, updated_at = ${at}
    where id = ${site.id}
  `;
}
