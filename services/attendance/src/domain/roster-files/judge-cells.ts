import { foldText } from '@muster/contracts';
import { shiftWindows } from '../days/shift-window.ts';
import { maxShiftsADay } from '../roster-changes/apply-changes.ts';
import type { RosterShift } from '../rosters/expand-plan.ts';
import { definitionOn, type ShiftTypeHistory } from '../rosters/shift-type-history.ts';
import type { RosterRow } from './read-row.ts';

/** Shift types by the folded name they have now; retired ones are missing. */
export type ShiftTypesByName = ReadonlyMap<string, ShiftTypeHistory>;

/** What becomes of a person's rows: which dates change, and which rows cannot be followed (by line). */
export interface Judgement {
  days: { date: string; shiftTypeIds: string[] }[];
  faults: Map<number, string>;
  /** Lines of dates that are already so. */
  unchanged: Set<number>;
}

/**
 * Holds one person's rows against their roster. The rows of a date are all its shifts: they replace what is planned there; dates that are
 * not named stay. `planned`: their shifts from two days before the first date to two days after the last.
 */
export function judgeCells(
  planned: readonly RosterShift[],
  rows: readonly RosterRow[],
  types: ShiftTypesByName,
  zone: string,
): Judgement {
  const judgement: Judgement = { days: [], faults: new Map(), unchanged: new Set() };
  const wanted: RosterShift[] = [];
  const linesOf = new Map<string, number[]>();
  for (const [date, own] of Map.groupBy(rows, (row) => row.date)) {
    const there = planned.filter((one) => one.date === date);
    const lines = own.map(({ line }) => line);
    const reason = faultOf(own);
    if (reason !== undefined) for (const line of lines) judgement.faults.set(line, reason);
    else if (isSame(there, own)) for (const line of lines) judgement.unchanged.add(line);
    else {
      const shifts = own.flatMap((row) => shiftOf(row, types, zone, judgement.faults));
      wanted.push(...shifts);
      linesOf.set(date, lines);
      judgement.days.push({ date, shiftTypeIds: shifts.map(({ shift }) => shift.id).sort() });
    }
  }
  const kept = planned.filter(({ date }) => !linesOf.has(date));
  for (const [date, other] of clashes([...kept, ...wanted], linesOf))
    for (const line of linesOf.get(date) ?? [])
      if (!judgement.faults.has(line)) judgement.faults.set(line, `would be at the same time as a shift of ${other}`);
  return judgement;
}

function faultOf(rows: readonly RosterRow[]): string | undefined {
  const names = rows.flatMap(({ shift }) => (shift === null ? [] : [foldText(shift)]));
  if (names.length < rows.length && rows.length > 1) return 'the date is named twice: as a day off, and once more';
  if (new Set(names).size < names.length) return 'the shift is named twice on this date';
  return names.length > maxShiftsADay ? `a date has at most ${maxShiftsADay} shifts` : undefined;
}

/** By name, so that what was exported before a shift type was retired or renamed is still what it was. */
function isSame(there: readonly RosterShift[], rows: readonly RosterRow[]): boolean {
  const names = rows.flatMap(({ shift }) => (shift === null ? [] : [foldText(shift)]));
  return (
    names.sort().join('\n') ===
    there
      .map(({ shift }) => foldText(shift.name))
      .sort()
      .join('\n')
  );
}

function shiftOf(
  { line, date, shift: name }: RosterRow,
  types: ShiftTypesByName,
  zone: string,
  faults: Map<number, string>,
): RosterShift[] {
  if (name === null) return [];
  const type = types.get(foldText(name));
  const definition = type && definitionOn(type, date);
  if (!type || !definition) {
    faults.set(line, 'there is no shift type of this name');
    return [];
  }
  const { zone: own, ...shift } = definition;
  return [{ date, zone: own ?? zone, shift: { id: type.id, ...shift }, source: 'ROSTER' }];
}

// A shift lasts a day at most, so it may reach into the next date's.
const near = 2 * maxShiftsADay;

/** Dates of the file that clash with another date: `[date, other]`. */
function clashes(shifts: readonly RosterShift[], ofFile: ReadonlyMap<string, unknown>): [string, string][] {
  const windows = shiftWindows(shifts.map((one) => ({ ...one, source: 'ASSIGNMENT' })));
  return windows.flatMap((later, i) =>
    windows.slice(Math.max(0, i - near), i).flatMap((earlier): [string, string][] => {
      if (later.startMs >= earlier.endMs) return [];
      const pairs: [string, string][] = [
        [later.date, earlier.date],
        [earlier.date, later.date],
      ];
      return pairs.filter(([date]) => ofFile.has(date));
    }),
  );
}
