import type { Db, Tx } from '@muster/db';
import { defaultSiteSettings } from '../../domain/sync/place-rules.ts';
import type { SyncDevice } from './sync-devices.ts';

// Days that wait for a kiosk are looked at this often (see `saveDays`): those may hang on this one.
const waiting = '10 minutes';

/**
 * Before a kiosk's watermark moves on: queues the days of its site's people that wait for somebody to tell everything. Days that are not
 * over are none of them.
 */
export async function queueWatermark(
  tx: Tx,
  { ownerId, deviceId, siteId }: SyncDevice,
  completeUntilMs: number,
  nowMs: number,
): Promise<void> {
  const to = new Date(completeUntilMs);
  await tx`
    insert into day_queue (employee_id, from_date, to_date)
    select d.employee_id, min(d.date), max(d.date)
    from attendance_days d join people p on p.id = d.employee_id and p.site_id = ${siteId}
    where d.due_at > ${new Date(nowMs)} and d.due_at <= ${new Date(nowMs)}::timestamptz + ${waiting}::interval
      and exists (
        select from sync_devices where owner_id = ${ownerId} and device_id = ${deviceId}
          and (complete_until is null or complete_until < ${to})
      )
    group by d.employee_id`;
}

/** What the kiosks of a person's site have told. */
export interface SiteWatermark {
  employeeId: string;
  /** The oldest instant until which one of them told everything; null where there is none. */
  completeUntil: Date | null;
  lagHours: number;
}

/** Of people whose site has kiosks that sync and were heard of since an instant (Unix milliseconds). */
export async function findWatermarks(
  db: Db,
  employeeIds: readonly string[],
  heardSinceMs: number,
): Promise<SiteWatermark[]> {
  return db<SiteWatermark[]>`
    with marks as materialized (
      select d.site_id, min(d.complete_until) as complete_until, coalesce(min(s.kiosk_lag_hours), ${defaultSiteSettings.kioskLagHours}) as lag
      from sync_devices d left join site_settings s on s.site_id = d.site_id
      where d.complete_until is not null and d.site_id is not null and d.seen_at >= ${new Date(heardSinceMs)}
      group by d.site_id
    )
    select p.id as "employeeId", m.complete_until as "completeUntil", m.lag as "lagHours"
    from people p join marks m on m.site_id = p.site_id where p.id = any(${employeeIds as string[]}::uuid[])`;
}
