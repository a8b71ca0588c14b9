import type { Sql } from '@muster/db';
import { employeeIdOf, type MonthPlan, shiftEnds, shiftStarts } from './generate-month.ts';

const shiftTypeIdOf = (at: number): string => `0190c000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`;
const rotationIdOf = (at: number): string => `0190d000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`;

const definition = (start: string, end: string) => ({
  name: `From ${start}`,
  zone: null,
  start,
  end,
  checkInBeforeMinutes: 60,
  checkOutAfterMinutes: 60,
  lateGraceMinutes: 5,
  earlyGraceMinutes: 5,
  breaks: { punched: 'UNPAID', automatic: { minutes: 30, afterMinutes: 360 } },
  absentBelowMinutes: 120,
  halfDayBelowMinutes: 240,
  overtime: { percent: { normal: 125, weekend: 150, holiday: 200 }, maxMinutes: 0, needsApproval: false },
  autoClose: null,
});

/** Three shift types, a rotation of five days on and two off for each. */
export async function insertShifts(sql: Sql): Promise<void> {
  for (const [at, start] of shiftStarts.entries()) {
    const said = definition(start, shiftEnds[at] ?? start);
    const [id, rotation] = [shiftTypeIdOf(at), rotationIdOf(at)];
    await sql`insert into shift_types (id, name, name_key, version) values (${id}, ${said.name}, ${said.name}, 1)`;
    await sql`insert into shift_type_versions (shift_type_id, valid_from, definition)
      values (${id}, '2000-01-01', ${JSON.stringify(said)}::text::jsonb)`;
    const pattern = [[id], [id], [id], [id], [id], [], []];
    await sql`insert into rotations (id, name, name_key, anchor, pattern, shift_type_ids, version)
      values (${rotation}, ${said.name}, ${said.name}, '2000-01-01', ${JSON.stringify(pattern)}::text::jsonb, ${[id]}::uuid[], 1)`;
  }
}

/** Assigns people to the rotation of their shift, each as many days ahead as their facts say; only the first site goes on after the month. */
export async function insertAssignments(
  sql: Sql,
  numbers: readonly number[],
  { from, days, perSite }: MonthPlan,
): Promise<void> {
  await sql`
    insert into shift_assignments (id, employee_id, kind, rotation_id, rotation_offset, from_date, to_date, zone, version)
    select uuidv7(), p.id, 'ASSIGNMENT', rotation_id, n % 7, ${from}::date,
      case when n >= ${perSite} then ${from}::date + ${days - 1}::int end, s.zone, 1
    from unnest(${numbers as number[]}::int[], ${numbers.map(employeeIdOf)}::uuid[],
      ${numbers.map((n) => rotationIdOf(n % 3))}::uuid[]) as a (n, id, rotation_id)
    join people p on p.id = a.id join sites s on s.id = p.site_id`;
}
