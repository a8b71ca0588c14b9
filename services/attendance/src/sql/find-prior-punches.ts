import type { Db } from '@muster/db';
import type { Session } from '../domain/session.ts';
import { type SessionRow, toSession } from './session-row.ts';

/** What an idempotency key was used for, with the session as that request's answer showed it. */
export interface PriorPunch {
  hash: string;
  session: Session;
}

interface Row extends SessionRow {
  key: string;
  hash: string;
}

export const priorKey = (employeeId: string, key: string): string => `${employeeId} ${key}`;

/** Punches accepted under these keys, by {@link priorKey}. An IN is shown as it was answered: open, version 1. A
 * check-out whose session late facts replaced stands for itself. Shift and minutes are what is known of them by now. */
export async function findPriorPunches(
  sql: Db,
  wanted: readonly { employeeId: string; key: string }[],
): Promise<Map<string, PriorPunch>> {
  if (wanted.length === 0) return new Map();
  const rows = await sql<Row[]>`
    select k.idempotency_key as key, encode(k.request_hash, 'hex') as hash,
      k.attendance_id as id, k.employee_id, k.zone,
      case k.type when 'IN' then k.site_id else coalesce(s.site_id, k.site_id) end as site_id,
      case k.type when 'IN' then k.local_date else coalesce(s.date, k.local_date) end as date,
      case k.type when 'IN' then k.source else coalesce(s.source, k.source) end as source,
      case k.type when 'IN' then k.occurred_at else coalesce(s.check_in_at, k.occurred_at) end as check_in_at,
      case k.type when 'OUT' then k.occurred_at end as check_out_at,
      case k.type when 'IN' then 1 else 2 end as version,
      null::timestamptz as break_since, coalesce(k.flags || s.flags, k.flags) as flags,
      s.shift_id, s.shift_name, s.shift_date, coalesce(s.late_minutes, 0) as late_minutes, s.late_after, s.late_grace,
      case k.type when 'OUT' then coalesce(s.early_exit_minutes, 0) else 0 end as early_exit_minutes,
      s.early_exit_before, s.early_exit_grace
    from unnest(${wanted.map((one) => one.employeeId)}::uuid[], ${wanted.map((one) => one.key)}::text[]) as i (employee_id, key)
    join punches k on k.employee_id = i.employee_id and k.idempotency_key = i.key
    left join attendance_sessions s on s.id = k.attendance_id`;
  return new Map(rows.map((row) => [priorKey(row.employee_id, row.key), { hash: row.hash, session: toSession(row) }]));
}
