import type { PunchFlag } from '@muster/contracts/http/attendance';
import type { Tx } from '@muster/db';
import type { Punch } from '../../domain/punch.ts';
import type { Session } from '../../domain/session.ts';

/** A break that begins (`sinceMs`) or ends (null) in an open session, as it was read (`version`). */
export interface BreakTurn {
  session: Session;
  punchId: string;
  punch: Punch;
  type: 'BREAK_START' | 'BREAK_END';
  atMs: number;
  localDate: string;
  offsetMinutes: number;
  sinceMs: number | null;
  flags: PunchFlag[];
}

/** Turns a session's break and stores the fact: both, or false when the session is not as it was read any more. */
export async function turnBreak(tx: Tx, turn: BreakTurn): Promise<boolean> {
  const { session, punch, atMs, sinceMs } = turn;
  const at = new Date(atMs);
  const changed = await tx`
    update attendance_sessions set break_since = ${sinceMs === null ? null : new Date(sinceMs)}, version = version + 1
    where id = ${session.id} and check_out_at is null and version = ${session.version}`;
  if (changed.count === 0) return false;
  const { body, retry } = punch;
  await tx`
    insert into punches (id, employee_id, attendance_id, site_id, occurred_at, received_at, claimed_at, local_date,
      utc_offset_minutes, type, source, zone, device_id, latitude, longitude, accuracy_m, notes, idempotency_key, request_hash, flags)
    values (${turn.punchId}, ${session.employeeId}, ${session.id}, ${session.siteId}, ${at}, ${new Date(punch.atMs)},
      ${body.occurredAt ?? null}, ${turn.localDate}, ${turn.offsetMinutes}, ${turn.type}, ${punch.source}, ${session.zone},
      ${punch.deviceId ?? null}, ${body.latitude ?? null}, ${body.longitude ?? null}, ${body.accuracyM ?? null},
      ${body.notes ?? null}, ${retry?.key ?? null}, ${retry ? Buffer.from(retry.hash, 'hex') : null}, ${turn.flags}::text[])`;
  return true;
}

/** What an idempotency key of a break was used for; undefined when it is new. */
export async function findBreakByKey(
  tx: Tx,
  employeeId: string,
  key: string,
): Promise<{ hash: string; sessionId: string } | undefined> {
  const [row] = await tx<{ hash: string; sessionId: string }[]>`
    select encode(request_hash, 'hex') as hash, attendance_id as "sessionId" from punches
    where employee_id = ${employeeId} and idempotency_key = ${key}`;
  return row;
}
