import type { Tx } from '@muster/db';
import type { StayCount } from '../domain/days/index.ts';
import { lowestSessionId } from '../domain/session-id.ts';
import { countColumns, countJson } from './count-columns.ts';
import { type CountRow, toCount } from './session-row.ts';

/** A session, by the fact that began it, and what it says it is counted against. */
export interface SessionCount {
  id: string;
  inId: string;
  count: StayCount;
}

/** Sessions of people that began between two instants (Unix milliseconds, both included). Ids bear that time: one stretch of an index each. */
export async function listSessionCounts(
  tx: Tx,
  reach: readonly { employeeId: string; fromMs: number; toMs: number }[],
): Promise<SessionCount[]> {
  const rows = await tx<(CountRow & { id: string; in_id: string })[]>`
    select s.* from unnest(${reach.map(({ employeeId }) => employeeId)}::uuid[],
      ${reach.map(({ fromMs }) => lowestSessionId(fromMs))}::uuid[],
      ${reach.map(({ toMs }) => lowestSessionId(toMs + 1))}::uuid[]) as r (employee_id, lowest, beyond)
    cross join lateral (
      select id, check_in_punch_id as in_id, shift_id, shift_name, shift_date, late_minutes, late_after, late_grace,
        early_exit_minutes, early_exit_before, early_exit_grace
      from attendance_sessions where employee_id = r.employee_id and id >= r.lowest and id < r.beyond offset 0
    ) s`;
  return rows.map((row) => ({ id: row.id, inId: row.in_id, count: toCount(row) }));
}

/**
 * Writes what sessions are counted against. Waits for nobody who holds one, nor changes the version that the door closes it by. Returns
 * the ids of those it wrote.
 */
export async function saveSessionCounts(
  tx: Tx,
  counts: readonly { id: string; count: StayCount }[],
): Promise<Set<string>> {
  if (counts.length === 0) return new Set();
  const rows = counts.map(({ id, count }) => ({ id, ...countJson(count) }));
  const written = await tx.unsafe<{ id: string }[]>(
    `with input as materialized (select * from json_to_recordset($1::text::json) as x (id uuid, ${countColumns})),
     taken as materialized (
       select s.id from attendance_sessions s where s.id = any(array(select id from input)) for update skip locked
     )
     update attendance_sessions s set shift_id = i.shift_id, shift_name = i.shift_name, shift_date = i.shift_date,
       late_minutes = coalesce(i.late_minutes, 0), late_after = i.late_after, late_grace = i.late_grace,
       early_exit_minutes = coalesce(i.early_exit_minutes, 0), early_exit_before = i.early_exit_before,
       early_exit_grace = i.early_exit_grace
     from input i join taken t on t.id = i.id where s.id = i.id
     returning s.id`,
    [JSON.stringify(rows)],
    { prepare: true },
  );
  return new Set(written.map(({ id }) => id));
}
