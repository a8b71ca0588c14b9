import type { SiteSettings, SiteSettingsBody } from '@muster/contracts/http/attendance';
import type { Db, Tx } from '@muster/db';

/** What was set for a site; undefined while the defaults hold. `lock`: nobody else sets it meanwhile. */
export async function findSiteSettings(sql: Db, siteId: string, lock = false): Promise<SiteSettings | undefined> {
  const [row] = await sql<SiteSettings[]>`
    select site_id as "siteId", geofence, missing_place as "missingPlace", ip_allow_list as "ipAllowList",
      kiosk_lag_hours as "kioskLagHours", version
    from site_settings where site_id = ${siteId} ${lock ? sql`for update` : sql``}`;
  return row;
}

/** Sets all of a site's settings at once. Returns the version they have now. */
export async function saveSiteSettings(tx: Tx, siteId: string, body: SiteSettingsBody): Promise<number> {
  const [row] = await tx<[{ version: number }]>`
    insert into site_settings as s (site_id, geofence, missing_place, ip_allow_list, kiosk_lag_hours, version)
    values (${siteId}, ${body.geofence}, ${body.missingPlace}, ${body.ipAllowList}, ${body.kioskLagHours}, 1)
    on conflict (site_id) do update set geofence = excluded.geofence, missing_place = excluded.missing_place,
      ip_allow_list = excluded.ip_allow_list, kiosk_lag_hours = excluded.kiosk_lag_hours, version = s.version + 1
    returning version`;
  return row.version;
}

/** Queues the days of a site's people that wait for a kiosk: how long they do has changed. */
export async function queueWaitingDays(tx: Tx, siteId: string, nowMs: number): Promise<void> {
  await tx`
    insert into day_queue (employee_id, from_date, to_date)
    select d.employee_id, min(d.date), max(d.date)
    from attendance_days d join people p on p.id = d.employee_id and p.site_id = ${siteId}
    where d.due_at > ${new Date(nowMs)} and d.due_at <= ${new Date(nowMs)}::timestamptz + interval '10 minutes'
    group by d.employee_id`;
}
