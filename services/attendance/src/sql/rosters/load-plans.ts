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

interface DayRow {
  employeeId: string;
  date: string;
  shiftTypeIds: string[] | null;
  zone: string;
}

/** What says when these people work between those dates, by id, in two looks. Whoever is not planned for is missing. */
export async function loadPlans(db: Db, ranges: readonly DateRange[]): Promise<Map<string, PersonPlan>> {
  const asked = db`unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[], ${ranges.map(({ from }) => from)}::date[],
    ${ranges.map(({ to }) => to)}::date[]) as r (employee_id, from_date, to_date)`;
  const stretches = await db<StretchRow[]>`
    select a.employee_id as "employeeId", a.kind, a.shift_type_id as "shiftTypeId", a.weekdays,
      a.rotation_offset as offset, t.anchor, t.pattern, a.from_date as from, a.to_date as to, a.zone
    from ${asked} join shift_assignments a on a.employee_id = r.employee_id
      and daterange(a.from_date, a.to_date, '[]') && daterange(r.from_date, r.to_date, '[]')
    left join rotations t on t.id = a.rotation_id order by a.id`;
  const days = await db<DayRow[]>`
    select d.employee_id as "employeeId", d.date, d.shift_type_ids as "shiftTypeIds", d.zone
    from ${asked} join roster_days d on d.employee_id = r.employee_id and d.date between r.from_date and r.to_date`;
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
  for (const { employeeId, date, ...day } of days) planOf(employeeId).days.set(date, day);
  return plans;
}

function toStretch({ shiftTypeId, weekdays, offset, anchor, pattern, from, to, zone }: StretchRow): Stretch {
  const cycle =
    shiftTypeId === null
      ? aheadBy({ anchor: anchor ?? from, pattern: pattern ?? [[]] }, offset)
      : weekOf(shiftTypeId, weekdays);
  return { from, to, zone, cycle };
}
