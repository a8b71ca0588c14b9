import type { PunchFlag } from '@muster/contracts/http/attendance';
import type { OutboxEvent } from '@muster/db';
import type { StayCount } from '../domain/days/index.ts';
import type { Punch } from '../domain/punch.ts';
import { countColumns, countJson } from './count-columns.ts';

/** What both punch statements are given per row. */
export interface PunchRow {
  punchId: string;
  sessionId: string;
  siteId: string;
  zone: string;
  /** When it counts, Unix milliseconds. */
  atMs: number;
  localDate: string;
  offsetMinutes: number;
  punch: Punch;
  event: OutboxEvent;
  flags: PunchFlag[];
  /** What its session is counted against, as far as this punch tells. */
  count: Partial<StayCount>;
}

/** The columns of {@link punchJson}, for `json_to_recordset`. */
export const punchColumns = `punch_id uuid, session_id uuid, employee_id uuid, site_id uuid, zone text, at timestamptz,
  received_at timestamptz, claimed_at timestamptz, date date, utc_offset smallint, source text, device_id uuid, latitude double precision,
  longitude double precision, accuracy_m real, notes text, key text, hash bytea, event_id uuid, event json, flags text[],
  ${countColumns}`;

/** One row as an object; absent fields stay out of the text and arrive as null. */
export function punchJson(row: PunchRow): Record<string, unknown> {
  const { body, retry, employeeId, source, deviceId, atMs } = row.punch;
  const at = new Date(row.atMs).toISOString();
  return {
    punch_id: row.punchId,
    session_id: row.sessionId,
    employee_id: employeeId,
    site_id: row.siteId,
    zone: row.zone,
    at,
    received_at: atMs === row.atMs ? at : new Date(atMs).toISOString(),
    claimed_at: body.occurredAt,
    date: row.localDate,
    utc_offset: row.offsetMinutes,
    source,
    device_id: deviceId,
    latitude: body.latitude,
    longitude: body.longitude,
    accuracy_m: body.accuracyM,
    notes: body.notes,
    key: retry?.key,
    hash: retry ? `\\x${retry.hash}` : undefined,
    event_id: row.event.id,
    event: row.event.envelope,
    flags: row.flags.length === 0 ? undefined : row.flags,
    ...countJson(row.count),
  };
}

/** Writes the facts and the events of the rows in `accepted`; the tail of both punch statements. */
export const writeFacts = (type: 'IN' | 'OUT', event: string): string => `
  facts as (
    insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, claimed_at, local_date,
      utc_offset_minutes, type, source, zone, device_id, latitude, longitude, accuracy_m, notes, idempotency_key, request_hash, flags)
    select punch_id, employee_id, session_id, site_id, at, received_at, claimed_at, date,
      utc_offset, '${type}', source, zone, device_id, latitude, longitude, accuracy_m, notes, key, hash,
      coalesce(flags, '{}')
    from accepted
  ),
  told as (
    insert into outbox (id, topic, type, subject, payload)
    select event_id, 'attendance', '${event}', session_id::text, event from accepted
  )
  select punch_id from accepted`;
