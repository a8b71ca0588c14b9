import type { PlannedShift } from '../days/index.ts';
import { datesBetween } from '../days/wall-time.ts';
import { cellOn } from './cycle.ts';
import type { PersonPlan, Stretch } from './person-plan.ts';
import { definitionOn, type ShiftTypeHistory } from './shift-type-history.ts';

/** A planned shift, and what said so: a published roster, an assignment (or rotation), or the person's default. */
export interface RosterShift extends Omit<PlannedShift, 'source'> {
  source: 'ROSTER' | 'ASSIGNMENT' | 'DEFAULT';
}

/**
 * The shifts of a person between two dates, both included, in order of date: what is published of a date, else the assignment of that
 * date, else the default; else there is none. A shift type that is not among `shiftTypes` is left out.
 */
export function expandPlan(
  plan: PersonPlan,
  shiftTypes: ReadonlyMap<string, ShiftTypeHistory>,
  from: string,
  to: string,
): RosterShift[] {
  if (plan.days.size === 0 && plan.assignments.length === 0 && plan.defaults.length === 0) return [];
  return datesBetween(from, to).flatMap((date) => {
    const { shiftTypeIds, zone, source } = saidOf(plan, date);
    return shiftTypeIds.flatMap((id) => {
      const history = shiftTypes.get(id);
      const definition = history && definitionOn(history, date);
      if (!definition) return [];
      const { zone: own, ...shift } = definition;
      return [{ date, zone: own ?? zone, shift: { id, ...shift }, source }];
    });
  });
}

interface Said {
  shiftTypeIds: readonly string[];
  zone: string;
  source: RosterShift['source'];
}

function saidOf({ days, assignments, defaults }: PersonPlan, date: string): Said {
  const published = days.get(date);
  if (published?.shiftTypeIds) return { shiftTypeIds: published.shiftTypeIds, zone: published.zone, source: 'ROSTER' };
  const assigned = onDate(assignments, date);
  if (assigned) return { shiftTypeIds: cellOn(assigned.cycle, date), zone: assigned.zone, source: 'ASSIGNMENT' };
  const fallback = onDate(defaults, date);
  if (fallback) return { shiftTypeIds: cellOn(fallback.cycle, date), zone: fallback.zone, source: 'DEFAULT' };
  return { shiftTypeIds: [], zone: 'UTC', source: 'DEFAULT' };
}

const onDate = (stretches: readonly Stretch[], date: string): Stretch | undefined =>
  stretches.find(({ from, to }) => from <= date && (to === null || date <= to));
