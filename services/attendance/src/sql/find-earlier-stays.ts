import type { Db } from '@muster/db';
import type { EarlierStay } from '../domain/door/count-punch.ts';
import { lowestSessionId } from '../domain/session-id.ts';

/** Who began longer ago is there for no shift of now. */
const longestMs = 2 * 86_400_000;

/** The stays of these people that may be of the same shift as a check-in at this instant (Unix milliseconds), in order, by person. */
export async function findEarlierStays(
  sql: Db,
  employeeIds: readonly string[],
  atMs: number,
): Promise<Map<string, EarlierStay[]>> {
  const rows = await sql<{ id: string; date: string; from: Date; to: Date | null }[]>`
    select s.employee_id as id, coalesce(s.shift_date, s.date) as date, s.check_in_at as from,
      case when not 'MISSING_CHECK_OUT' = any(s.flags) then s.check_out_at end as to
    from unnest(${employeeIds as string[]}::uuid[]) as i (id)
    join attendance_sessions s on s.employee_id = i.id and s.id >= ${lowestSessionId(atMs - longestMs)}
    order by s.id`;
  const found = new Map<string, EarlierStay[]>();
  for (const { id, date, from, to } of rows) {
    const stay = { date, fromMs: from.getTime(), toMs: to?.getTime() ?? null };
    found.set(id, [...(found.get(id) ?? []), stay]);
  }
  return found;
}
