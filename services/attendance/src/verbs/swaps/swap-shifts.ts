import type { Db } from '@muster/db';
import type { Deps } from '../../deps.ts';
import type { PlannedShift } from '../../domain/days/index.ts';
import { shiftWindows } from '../../domain/days/shift-window.ts';
import { definitionOn } from '../../domain/rosters/shift-type-history.ts';
import type { SwappedShift } from '../../domain/swaps/swap.ts';
import { loadShiftTypes } from '../../sql/rosters/load-shift-types.ts';

/** A shift by its date and type. */
export interface ShiftKey {
  date: string;
  shiftId: string;
}

/** A shift that is published for somebody; undefined where there is none. */
export async function findPlannedShift(
  deps: Deps,
  db: Db,
  employeeId: string,
  { date, shiftId }: ShiftKey,
): Promise<PlannedShift | undefined> {
  const asked = [{ employeeId, from: date, to: date }];
  const context = (await deps.daySources(db, asked, deps.clock.now().epochMilliseconds)).get(employeeId);
  return context?.shifts.find((one) => one.date === date && one.shift.id === shiftId);
}

/** A shift type on a date, whoever works it: `zone` is the site's, where the type has none of its own. Undefined for no such type. */
export async function shiftOfType(
  db: Db,
  { date, shiftId }: ShiftKey,
  zone: string,
): Promise<PlannedShift | undefined> {
  const history = (await loadShiftTypes(db, [shiftId])).get(shiftId);
  const definition = history && definitionOn(history, date);
  if (!definition) return undefined;
  const { zone: own, ...shift } = definition;
  return { date, zone: own ?? zone, shift: { id: shiftId, ...shift }, source: 'ASSIGNMENT' };
}

/** A shift with its instants. One on a date the zone skipped begins and ends never. */
export function toSwapped(planned: PlannedShift): SwappedShift {
  const [window] = shiftWindows([planned]);
  const { date, shift } = planned;
  return {
    date,
    shiftId: shift.id,
    name: shift.name,
    startsAtMs: window?.startMs ?? 0,
    endsAtMs: window?.endMs ?? 0,
  };
}

/** Whether a shift still lies where it lay when the swap was asked for. */
export const isStill = (shift: SwappedShift, planned: PlannedShift): boolean => {
  const { startsAtMs, endsAtMs } = toSwapped(planned);
  return startsAtMs === shift.startsAtMs && endsAtMs === shift.endsAtMs;
};
