import type { Tx } from '@muster/db';
import type { DoorCount } from '../domain/days/index.ts';
import { lowestSessionId } from '../domain/session-id.ts';
import { countColumns, countJson } from './count-columns.ts';

const told = ['shift_id', 'shift_name', 'shift_date', 'late_minutes', 'late_after', 'late_grace'];
const columns = [...told, 'early_exit_minutes', 'early_exit_before', 'early_exit_grace'];
const of = (alias: string): string => columns.map((column) => `${alias}.${column}`).join(', ');

// Ids of sessions bear their check-in's time: of each person one stretch of an index is read.
const statement = `
  with input as materialized (
    select employee_id, date, in_id, shift_id, shift_name, shift_date, coalesce(late_minutes, 0) as late_minutes, late_after,
      late_grace, coalesce(early_exit_minutes, 0) as early_exit_minutes, early_exit_before, early_exit_grace
    from json_to_recordset($1::text::json) as x (employee_id uuid, date date, in_id uuid, ${countColumns})
  ), reach as (
    select * from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as r (employee_id, lowest, beyond)
  ), differing as materialized (
    select s.id, i.* from reach r
    join attendance_sessions s on s.employee_id = r.employee_id and s.id >= r.lowest and s.id < r.beyond
    join input i on i.in_id = s.check_in_punch_id and i.employee_id = s.employee_id
    where (${of('s')}) is distinct from (${of('i')})
  ), taken as materialized (
    select s.id from attendance_sessions s where s.id in (select id from differing) for update skip locked
  ), aligned as (
    update attendance_sessions s set (${columns.join(', ')}) = (select ${of('d')})
    from differing d join taken t on t.id = d.id where s.id = d.id
  )
  insert into day_queue (employee_id, from_date, to_date)
  select distinct d.employee_id, d.date, d.date from differing d where d.id not in (select id from taken)`;

/**
 * Brings sessions in line with the days: writes those that differ, matched by the fact that began them. Never waits for the door, nor
 * changes the version it closes a session by: who is passed over because somebody holds the session is queued again.
 */
export async function alignSessions(tx: Tx, counts: readonly DoorCount[]): Promise<void> {
  if (counts.length === 0) return;
  const reach = new Map<string, { fromMs: number; toMs: number }>();
  for (const { employeeId, fromMs } of counts) {
    const known = reach.get(employeeId) ?? { fromMs, toMs: fromMs };
    reach.set(employeeId, { fromMs: Math.min(known.fromMs, fromMs), toMs: Math.max(known.toMs, fromMs) });
  }
  const rows = counts.map(({ employeeId, date, inId, ...count }) => ({
    employee_id: employeeId,
    date,
    in_id: inId,
    ...countJson(count),
  }));
  const spans = [...reach.values()];
  await tx.unsafe(
    statement,
    [
      JSON.stringify(rows),
      [...reach.keys()],
      spans.map(({ fromMs }) => lowestSessionId(fromMs)),
      spans.map(({ toMs }) => lowestSessionId(toMs + 1)),
    ],
    { prepare: true },
  );
}
