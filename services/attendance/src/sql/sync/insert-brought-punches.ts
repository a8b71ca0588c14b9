import type { PunchFlag, PunchTypeName } from '@muster/contracts/http/attendance';
import type { Tx } from '@muster/db';

/** A fact that came late. Instants are Unix milliseconds. */
export interface BroughtPunch {
  id: string;
  employeeId: string;
  clientId: string;
  sessionId: string;
  siteId: string;
  zone: string;
  type: PunchTypeName;
  atMs: number;
  claimedMs: number;
  receivedMs: number;
  localDate: string;
  offsetMinutes: number;
  source: 'offline' | 'import';
  deviceId: string | null;
  syncId: string | null;
  latitude?: number | undefined;
  longitude?: number | undefined;
  accuracyM?: number | undefined;
  notes?: string | undefined;
  hash: string;
  flags: PunchFlag[];
}

const at = (ms: number): string => new Date(ms).toISOString();

/** Stores facts, each once: who has one already keeps it. Returns the ids that are new. Give them in order of person and client id. */
export async function insertBroughtPunches(tx: Tx, punches: readonly BroughtPunch[]): Promise<Set<string>> {
  if (punches.length === 0) return new Set();
  const rows = punches.map((one) => ({
    id: one.id,
    employee_id: one.employeeId,
    attendance_id: one.sessionId,
    site_id: one.siteId,
    occurred_at: at(one.atMs),
    received_at: at(one.receivedMs),
    claimed_at: at(one.claimedMs),
    local_date: one.localDate,
    utc_offset_minutes: one.offsetMinutes,
    type: one.type,
    source: one.source,
    zone: one.zone,
    device_id: one.deviceId,
    latitude: one.latitude,
    longitude: one.longitude,
    accuracy_m: one.accuracyM,
    notes: one.notes,
    request_hash: `\\x${one.hash}`,
    client_id: one.clientId,
    sync_id: one.syncId,
    flags: one.flags,
  }));
  const stored = await tx<{ id: string }[]>`
    insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, claimed_at, local_date,
      utc_offset_minutes, type, source, zone, device_id, latitude, longitude, accuracy_m, notes, request_hash, client_id, sync_id,
      flags)
    select id, employee_id, attendance_id, site_id, occurred_at, received_at, claimed_at, local_date,
      utc_offset_minutes, type, source, zone, device_id, latitude, longitude, accuracy_m, notes, request_hash, client_id, sync_id,
      flags
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as x (id uuid, employee_id uuid, attendance_id uuid, site_id uuid,
      occurred_at timestamptz, received_at timestamptz, claimed_at timestamptz, local_date date, utc_offset_minutes smallint,
      type text, source text, zone text, device_id uuid, latitude double precision, longitude double precision, accuracy_m real,
      notes text, request_hash bytea, client_id uuid, sync_id uuid, flags text[])
    -- Its id follows from the client id, so two who bring it at once may meet at either key.
    on conflict do nothing
    returning id`;
  return new Set(stored.map(({ id }) => id));
}
