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

/**
 * Stores facts, each once: who has one already keeps it. Returns the ids that are new. Give them in order of person and client id. A column
 * is an array, of which PostgreSQL makes less work than of a thousand JSON objects.
 */
export async function insertBroughtPunches(tx: Tx, punches: readonly BroughtPunch[]): Promise<Set<string>> {
  if (punches.length === 0) return new Set();
  const column = <T>(of: (one: BroughtPunch) => T): T[] => punches.map(of);
  const stored = await tx<{ id: string }[]>`
    insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, claimed_at, local_date,
      utc_offset_minutes, type, source, zone, device_id, latitude, longitude, accuracy_m, notes, request_hash, client_id, sync_id,
      flags)
    select id, employee_id, attendance_id, site_id, occurred_at, received_at, claimed_at, local_date, utc_offset_minutes, type, source, zone,
      device_id, latitude, longitude, accuracy_m, notes, decode(hash, 'hex'), client_id, sync_id, string_to_array(flags, ' ')
    from unnest(
      ${column(({ id }) => id)}::uuid[], ${column(({ employeeId }) => employeeId)}::uuid[],
      ${column(({ sessionId }) => sessionId)}::uuid[], ${column(({ siteId }) => siteId)}::uuid[],
      ${column(({ atMs }) => at(atMs))}::timestamptz[], ${column(({ receivedMs }) => at(receivedMs))}::timestamptz[],
      ${column(({ claimedMs }) => at(claimedMs))}::timestamptz[], ${column(({ localDate }) => localDate)}::date[],
      ${column(({ offsetMinutes }) => offsetMinutes)}::smallint[], ${column(({ type }) => type)}::text[],
      ${column(({ source }) => source)}::text[], ${column(({ zone }) => zone)}::text[],
      ${column(({ deviceId }) => deviceId)}::uuid[], ${column(({ latitude }) => latitude ?? null)}::double precision[],
      ${column(({ longitude }) => longitude ?? null)}::double precision[], ${column(({ accuracyM }) => accuracyM ?? null)}::real[],
      ${column(({ notes }) => notes ?? null)}::text[], ${column(({ hash }) => hash)}::text[],
      ${column(({ clientId }) => clientId)}::uuid[], ${column(({ syncId }) => syncId)}::uuid[],
      ${column(({ flags }) => flags.join(' '))}::text[]
    ) as x (id, employee_id, attendance_id, site_id, occurred_at, received_at, claimed_at, local_date, utc_offset_minutes, type,
      source, zone, device_id, latitude, longitude, accuracy_m, notes, hash, client_id, sync_id, flags)
    -- Its id follows from the client id, so two who bring it at once may meet at either key.
    on conflict do nothing
    returning id`;
  return new Set(stored.map(({ id }) => id));
}
