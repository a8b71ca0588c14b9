import type { PlannedShift, ShiftType } from '../days/index.ts';
import { datesBetween } from '../days/wall-time.ts';
import { cellOn } from './cycle.ts';
import type { PersonPlan, Stretch } from './person-plan.ts';
import { definitionOn, type ShiftDefinition, type ShiftTypeHistory } from './shift-type-history.ts';

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
  return datesOf(from, to).flatMap((date) => {
    const { shiftTypeIds, zone, source } = saidOf(plan, date);
    return shiftTypeIds.flatMap((id) => {
      const history = shiftTypes.get(id);
      const definition = history && definitionOn(history, date);
      if (!definition) return [];
      return [{ date, zone: definition.zone ?? zone, shift: shiftOf(id, definition), source }];
    });
  });
}

const shifts = new WeakMap<ShiftDefinition, ShiftType>();

/** One object a version: a month of many people is millions of shifts. */
function shiftOf(id: string, definition: ShiftDefinition): ShiftType {
  const known = shifts.get(definition);
  if (known) return known;
  const { zone: _, ...rest } = definition;
  const shift = { id, ...rest };
  shifts.set(definition, shift);
  return shift;
}

const spans = new Map<string, readonly string[]>();

/** The same few spans are asked for person after person. */
function datesOf(from: string, to: string): readonly string[] {
  const key = `${from} ${to}`;
  const known = spans.get(key);
  if (known) return known;
  if (spans.size >= 100) spans.clear();
  const dates = datesBetween(from, to);
  spans.set(key, dates);
  return dates;
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
