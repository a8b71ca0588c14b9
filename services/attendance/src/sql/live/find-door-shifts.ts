import type { Db } from '@muster/db';
import type { EarlierStay } from '../../domain/door/count-punch.ts';
import type { DoorShift } from '../../domain/door/door-shift.ts';
import { lowestSessionId } from '../../domain/session-id.ts';

/** Who began longer ago is there for no shift of now. */
const longestMs = 2 * 86_400_000;

/** Instants that lie close together, Unix milliseconds, both included. */
export interface Around {
  fromMs: number;
  toMs: number;
}

/**
 * The shifts of the plans that count around these instants, in order, by person: by keys, since people wait for it. Plans are kept for a
 * few days only, so dates are not asked for: without them one plan of the query serves all flights.
 */
export async function findDoorShifts(
  sql: Db,
  employeeIds: readonly string[],
  { fromMs, toMs }: Around,
): Promise<Map<string, DoorShift[]>> {
  const rows = await sql<{ id: string; door: string }[]>`
    select l.employee_id as id, l.door from unnest(${employeeIds as string[]}::uuid[]) as i (id)
    join live_plans l on l.employee_id = i.id
    where l.from_at <= ${new Date(toMs)} and l.until_at >= ${new Date(fromMs)} order by l.date`;
  const read = rememberDoors();
  const found = new Map<string, DoorShift[]>();
  for (const { id, door } of rows) {
    const shifts = read(door);
    const known = found.get(id);
    found.set(id, known ? [...known, ...shifts] : shifts);
  }
  return found;
}

/** Thousands work the same shift: its text is read once. */
function rememberDoors(): (text: string) => DoorShift[] {
  const known = new Map<string, DoorShift[]>();
  return (text) => {
    const shifts = known.get(text) ?? (JSON.parse(text) as DoorShift[]);
    known.set(text, shifts);
    return shifts;
  };
}

/** The stays of these people that may be of the same shift as a check-in around these instants, in order, by person. */
export async function findEarlierStays(
  sql: Db,
  employeeIds: readonly string[],
  { fromMs }: Around,
): Promise<Map<string, EarlierStay[]>> {
  const rows = await sql<{ id: string; date: string; from: Date; to: Date | null }[]>`
    select s.employee_id as id, coalesce(s.shift_date, s.date) as date, s.check_in_at as from,
      case when not 'MISSING_CHECK_OUT' = any(s.flags) then s.check_out_at end as to
    from unnest(${employeeIds as string[]}::uuid[]) as i (id)
    join attendance_sessions s on s.employee_id = i.id and s.id >= ${lowestSessionId(fromMs - longestMs)}
    order by s.id`;
  const found = new Map<string, EarlierStay[]>();
  for (const { id, date, from, to } of rows) {
    const stay = { date, fromMs: from.getTime(), toMs: to?.getTime() ?? null };
    found.set(id, [...(found.get(id) ?? []), stay]);
  }
  return found;
}
