import type { Db } from '@muster/db';
import { expandPlan, type RosterShift } from '../../domain/rosters/expand-plan.ts';
import { noPlan, type PersonPlan } from '../../domain/rosters/person-plan.ts';
import { loadPlans } from '../../sql/rosters/load-plans.ts';
import { loadShiftTypes } from '../../sql/rosters/load-shift-types.ts';
import type { DateRange } from '../../sql/take-queued-days.ts';

/**
 * The published shifts of people between dates, by id, in order of date: roster, else assignment or rotation, else default. Three
 * queries however many people; a few hundred people at a time keep memory small. Whoever has no shift there is missing.
 */
export async function readPlannedShifts(db: Db, ranges: readonly DateRange[]): Promise<Map<string, RosterShift[]>> {
  const plans = await loadPlans(db, ranges);
  if (plans.size === 0) return new Map();
  const shiftTypes = await loadShiftTypes(db, [...new Set([...plans.values()].flatMap(idsOf))]);
  return new Map(
    ranges.flatMap(({ employeeId, from, to }) => {
      const shifts = expandPlan(plans.get(employeeId) ?? noPlan, shiftTypes, from, to);
      return shifts.length > 0 ? [[employeeId, shifts] as const] : [];
    }),
  );
}

const idsOf = ({ days, assignments, defaults }: PersonPlan): string[] => [
  ...[...days.values()].flatMap(({ shiftTypeIds }) => shiftTypeIds ?? []),
  ...[...assignments, ...defaults].flatMap(({ cycle }) => cycle.pattern.flat()),
];
