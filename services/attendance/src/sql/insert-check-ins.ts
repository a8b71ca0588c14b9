import type { Db } from '@muster/db';
import { type PunchRow, punchColumns, punchJson, writeFacts } from './punch-input.ts';

// One statement is one transaction and one flush to disk for everybody in it. The partial unique index decides who is in.
const statement = `
  with input as materialized (select * from json_to_recordset($1::text::json) as x (${punchColumns})),
  opened as (
    insert into attendance_sessions (id, employee_id, site_id, check_in_punch_id, check_in_at, date, source, zone, flags,
      shift_id, shift_name, shift_date, late_minutes, late_after, late_grace)
    select session_id, employee_id, site_id, punch_id, at, date, source, zone, coalesce(flags, '{}'),
      shift_id, shift_name, shift_date, coalesce(late_minutes, 0), late_after, late_grace from input
    on conflict (employee_id) where check_out_at is null do nothing
    returning check_in_punch_id
  ),
  accepted as (select input.* from input join opened on opened.check_in_punch_id = input.punch_id),
  ${writeFacts('IN', 'attendance.checked-in.v1')}`;

/**
 * Opens sessions, stores their IN punches and outbox rows: all of a row or nothing of it. Returns the punch ids accepted; the
 * others have an open session already. Give rows in order of employee: two flights sharing people would deadlock otherwise.
 */
export async function insertCheckIns(sql: Db, rows: readonly PunchRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const text = JSON.stringify(rows.map(punchJson));
  const accepted = await sql.unsafe<{ punch_id: string }[]>(statement, [text], { prepare: true });
  return new Set(accepted.map((row) => row.punch_id));
}
