import type { Tx } from '@muster/db';
import type { ClockReading } from '../../domain/sync/clock-skew.ts';

/** A device as its owner's token and its words tell. */
export interface SyncDevice {
  /** The kiosk itself, or the person who syncs. */
  ownerId: string;
  deviceId: string;
  /** Of a kiosk. */
  siteId: string | null;
}

/** The skew that was applied last, in milliseconds; null for a device not seen before. Locks it: its calls are measured one after the other. */
export async function lockDeviceSkew(tx: Tx, { ownerId, deviceId }: SyncDevice): Promise<number | null> {
  const [row] = await tx<{ skewMs: number }[]>`
    select skew_ms as "skewMs" from sync_devices where owner_id = ${ownerId} and device_id = ${deviceId} for update`;
  return row?.skewMs ?? null;
}

/** Keeps what was seen of a device. `completeUntilMs` only ever moves on. */
export async function saveDevice(
  tx: Tx,
  { ownerId, deviceId, siteId }: SyncDevice,
  { appliedMs, believed }: ClockReading,
  nowMs: number,
  completeUntilMs: number | null,
): Promise<void> {
  const complete = completeUntilMs === null ? null : new Date(completeUntilMs);
  await tx`
    insert into sync_devices as d (owner_id, device_id, site_id, skew_ms, seen_at, complete_until)
    values (${ownerId}, ${deviceId}, ${siteId}, ${appliedMs}, ${new Date(nowMs)}, ${complete})
    on conflict (owner_id, device_id) do update set site_id = excluded.site_id, seen_at = greatest(d.seen_at, excluded.seen_at),
      skew_ms = case when ${believed} then excluded.skew_ms else d.skew_ms end,
      complete_until = greatest(d.complete_until, excluded.complete_until)`;
}

/** The evidence of one call that brought something. */
export async function insertSyncCall(
  tx: Tx,
  call: { id: string; ownerId: string; deviceId: string | null; sentAtMs: number; nowMs: number; clock: ClockReading },
): Promise<void> {
  const { id, ownerId, deviceId, sentAtMs, nowMs, clock } = call;
  await tx`
    insert into sync_calls (id, owner_id, device_id, sent_at, received_at, skew_ms, applied_ms, believed)
    values (${id}, ${ownerId}, ${deviceId}, ${new Date(sentAtMs)}, ${new Date(nowMs)}, ${clock.skewMs}, ${clock.appliedMs},
      ${clock.believed})`;
}
