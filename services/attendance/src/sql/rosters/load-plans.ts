import type { Db } from '@muster/db';
import { aheadBy, weekOf } from '../../domain/rosters/cycle.ts';
import type { PersonPlan, PlannedDay, Stretch } from '../../domain/rosters/person-plan.ts';
import type { DateRange } from '../take-queued-days.ts';

interface StretchRow {
  employeeId: string;
  kind: 'ASSIGNMENT' | 'DEFAULT';
  shiftTypeId: string | null;
  weekdays: number[] | null;
  offset: number;
  anchor: string | null;
  pattern: string[][] | null;
  from: string;
  to: string | null;
  zone: string;
}

interface PublishedRow {
  employeeId: string;
  days: [date: string, shiftTypeIds: string[] | null, zone: string][];
}

/** What says when these people work between those dates, by id, in two looks. Whoever is not planned for is missing. */
export async function loadPlans(db: Db, ranges: readonly DateRange[]): Promise<Map<string, PersonPlan>> {
  const asked = db`unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[], ${ranges.map(({ from }) => from)}::date[],
    ${ranges.map(({ to }) => to)}::date[]) as r (employee_id, from_date, to_date)`;
  // Each person by key (`offset 0`: never a scan of everybody's): how many are asked for says nothing of how many there are.
  const stretches = await db<StretchRow[]>`
    select a.* from ${asked} cross join lateral (
      select a.employee_id as "employeeId", a.kind, a.shift_type_id as "shiftTypeId", a.weekdays,
        a.rotation_offset as offset, t.anchor, t.pattern, a.from_date as from, a.to_date as to, a.zone
      from shift_assignments a left join rotations t on t.id = a.rotation_id
      where a.employee_id = r.employee_id and a.from_date <= r.to_date and (a.to_date is null or a.to_date >= r.from_date)
      order by a.from_date offset 0
    ) as a`;
  // A row a person: a month of some hundred people is thousands of days, each dear as a row of its own.
  const published = await db<PublishedRow[]>`
    select r.employee_id as "employeeId", d.days from ${asked} cross join lateral (
      select json_agg(json_build_array(date, shift_type_ids, zone)) as days from roster_days
      where employee_id = r.employee_id and date between r.from_date and r.to_date
    ) as d where d.days is not null`;
  const plans = new Map<string, { days: Map<string, PlannedDay>; assignments: Stretch[]; defaults: Stretch[] }>();
  const planOf = (employeeId: string) => {
    const plan = plans.get(employeeId) ?? { days: new Map(), assignments: [], defaults: [] };
    plans.set(employeeId, plan);
    return plan;
  };
  for (const row of stretches) {
    const { assignments, defaults } = planOf(row.employeeId);
    (row.kind === 'ASSIGNMENT' ? assignments : defaults).push(toStretch(row));
  }
  for (const { employeeId, days } of published) {
    const plan = planOf(employeeId);
    for (const [date, shiftTypeIds, zone] of days) plan.days.set(date, { shiftTypeIds, zone });
  }
  return plans;
}

function toStretch({ shiftTypeId, weekdays, offset, anchor, pattern, from, to, zone }: StretchRow): Stretch {
  const cycle =
    shiftTypeId === null
      ? aheadBy({ anchor: anchor ?? from, pattern: pattern ?? [[]] }, offset)
      : weekOf(shiftTypeId, weekdays);
  return { from, to, zone, cycle };
}
