import type { Db } from '@muster/db';
import { type PunchRow, punchColumns, punchJson, writeFacts } from './punch-input.ts';

// Whoever closed the session meanwhile wins: its row no longer matches, and nothing of ours is written.
const statement = `
  with input as materialized (select * from json_to_recordset($1::text::json) as x (${punchColumns}, version integer)),
  closed as (
    update attendance_sessions s
    set check_out_at = input.at, check_out_punch_id = input.punch_id, version = s.version + 1,
      break_since = null, auto_closed = false,
      -- What the check-in was counted against may be known better by now.
      shift_id = coalesce(input.shift_id, s.shift_id), shift_name = coalesce(input.shift_name, s.shift_name),
      shift_date = coalesce(input.shift_date, s.shift_date), early_exit_minutes = coalesce(input.early_exit_minutes, 0),
      early_exit_before = input.early_exit_before, early_exit_grace = input.early_exit_grace,
      flags = case when input.flags is null then s.flags
        else array(select distinct unnest(s.flags || input.flags) as flag order by flag) end
    from input
    where s.id = input.session_id and (s.check_out_at is null or s.auto_closed) and s.version = input.version
    returning s.check_out_punch_id
  ),
  accepted as (select input.* from input join closed on closed.check_out_punch_id = input.punch_id),
  ${writeFacts('OUT', 'attendance.checked-out.v1')}`;

/**
 * Closes sessions that are open, or were closed automatically, as they were read (`version`), stores their OUT punches and outbox rows: all of a row or nothing of
 * it. Returns the punch ids accepted. Give rows in order of employee, as in {@link insertCheckIns}.
 */
export async function closeSessions(sql: Db, rows: readonly (PunchRow & { version: number })[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const text = JSON.stringify(rows.map((row) => ({ ...punchJson(row), version: row.version })));
  const accepted = await sql.unsafe<{ punch_id: string }[]>(statement, [text], { prepare: true });
  return new Set(accepted.map((row) => row.punch_id));
}
