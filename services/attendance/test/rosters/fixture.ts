import type { Sql } from '@muster/db';
import { v7 } from 'uuid';
import type { ShiftType } from '../../src/domain/days/index.ts';
import { readPlannedShifts } from '../../src/verbs/rosters/read-planned-shifts.ts';
import { dayShift } from '../days/scenario.ts';

/** A shift type, of all dates. Returns its id. */
export async function shiftType(
  sql: Sql,
  o: Partial<Omit<ShiftType, 'id'>> & { zone?: string | null } = {},
): Promise<string> {
  const id = v7();
  const { id: _, ...rest } = dayShift;
  const name = o.name ?? `Shift ${id}`;
  const definition = { ...rest, zone: null, ...o, name };
  await sql`insert into shift_types (id, name, name_key, version) values (${id}, ${name}, ${name.toLowerCase()}, 1)`;
  await sql`
    insert into shift_type_versions (shift_type_id, valid_from, definition)
    values (${id}, '2000-01-01', ${JSON.stringify(definition)}::text::jsonb)`;
  return id;
}

/** Publishes shifts of a person's date. */
export async function publish(
  sql: Sql,
  employeeId: string,
  date: string,
  shiftTypeIds: string[],
  zone = 'Europe/Berlin',
): Promise<void> {
  await sql`
    insert into roster_days as d (employee_id, date, site_id, shift_type_ids, zone, origin, origin_id, version)
    values (${employeeId}, ${date}, ${v7()}, ${shiftTypeIds}, ${zone}, 'ROSTER', ${v7()}, 1)
    on conflict (employee_id, date) do update set shift_type_ids = excluded.shift_type_ids, zone = excluded.zone,
      version = d.version + 1`;
}

/** Lets a person work a shift type every day, by assignment. */
export async function assign(sql: Sql, employeeId: string, shiftTypeId: string, from: string): Promise<void> {
  await sql`
    insert into shift_assignments (id, employee_id, kind, shift_type_id, from_date, zone, version)
    values (${v7()}, ${employeeId}, 'ASSIGNMENT', ${shiftTypeId}, ${from}, 'Europe/Berlin', 1)`;
}

/** Approved leave on a date, or half of it, on which nothing was planned: it costs nothing of a balance. */
export async function onLeave(
  sql: Sql,
  employeeId: string,
  date: string,
  approved = true,
  halves: readonly (1 | 2)[] = [2],
): Promise<void> {
  const [type, request] = [v7(), v7()];
  await sql`
    insert into leave_types (id, name, name_key, paid, counts, half_days, year_starts_in, may_go_negative, needs_approval)
    values (${type}, ${type}, ${type}, true, 'WORKING_DAYS', true, 1, true, true)`;
  await sql`
    insert into leave_requests (id, employee_id, type_id, from_date, to_date, first_day, last_day, charged, status, asked_at, asked_by)
    values (${request}, ${employeeId}, ${type}, ${date}, ${date}, 'FULL', 'FULL', 0, ${approved ? 'approved' : 'pending'}, now(),
      ${employeeId})`;
  await sql`
    insert into leave_days (employee_id, date, half, request_id, leave_year, charged, approved)
    select ${employeeId}, ${date}, half, ${request}, '2026-01-01', false, ${approved} from unnest(${halves as number[]}::smallint[]) as i (half)`;
}

/** What a person's roster says: `date shiftId`, in order. */
export async function rosterOf(sql: Sql, employeeId: string, from: string, to: string): Promise<string[]> {
  const found = await readPlannedShifts(sql, [{ employeeId, from, to }]);
  return (found.get(employeeId) ?? []).map(({ date, shift }) => `${date} ${shift.id}`);
}

/** Events of those types in the outbox, oldest first. */
export const eventsOf = async (sql: Sql, like: string) => {
  const rows = await sql<{ payload: { type: string; data: Record<string, unknown> } }[]>`
    select payload from outbox where payload->>'type' like ${like} order by id`;
  return rows.map(({ payload }) => payload);
};
