import type { PlannedShift } from '../days/index.ts';
import { type ShiftWindow, shiftWindows } from '../days/shift-window.ts';

/** Most shifts of one date: what a roster's cell holds. */
export const maxShiftsADay = 4;

/** What is to change in a person's roster. Shifts are named by date and type. */
export interface RosterChange {
  loses: readonly { date: string; shiftId: string }[];
  gains: readonly PlannedShift[];
}

/** Why a roster cannot change that way. */
export type ChangeRefusal = 'NOT_THERE' | 'THERE_ALREADY' | 'OVERLAP' | 'OTHER_ZONE' | 'TOO_MANY';

/** What a date of the person says afterwards, as a whole. */
export interface ChangedDay {
  date: string;
  shiftTypeIds: string[];
  /** IANA zone of wall times. */
  zone: string;
}

/**
 * A person's dates after a change. `planned`: their shifts of all dates in reach, which is two days to both sides of those that change, as
 * a shift may last a whole day. Only what is gained is held against what is there: an old overlap is not this change's.
 */
export function applyChanges(
  planned: readonly PlannedShift[],
  { loses, gains }: RosterChange,
): { days: ChangedDay[] } | { refused: ChangeRefusal } {
  const keyOf = (one: PlannedShift): string => `${one.date} ${one.shift.id}`;
  const lost = new Set(loses.map(({ date, shiftId }) => `${date} ${shiftId}`));
  const there = new Set(planned.map(keyOf));
  if ([...lost].some((key) => !there.has(key))) return { refused: 'NOT_THERE' };
  const kept = planned.filter((one) => !lost.has(keyOf(one)));
  const gained = new Set(gains.map(keyOf));
  if (gained.size < gains.length || kept.some((one) => gained.has(keyOf(one)))) return { refused: 'THERE_ALREADY' };
  const after = [...kept, ...gains];
  const windows = shiftWindows(after);
  const isGained = ({ date, shift }: ShiftWindow): boolean => gained.has(`${date} ${shift.id}`);
  if (windows.some((one) => isGained(one) && windows.some((other) => other !== one && meet(one, other))))
    return { refused: 'OVERLAP' };

  const dates = [...new Set([...loses, ...gains].map(({ date }) => date))].sort();
  const days = dates.map((date): ChangedDay => {
    const shifts = after.filter((one) => one.date === date);
    const zone = (shifts[0] ?? planned.find((one) => one.date === date))?.zone ?? 'UTC';
    return { date, shiftTypeIds: shifts.map(({ shift }) => shift.id).sort(), zone };
  });
  // A date has one zone: what is gained must not move what is there, nor be moved by it.
  const zones = dates.map((date) => new Set(after.filter((one) => one.date === date).map(({ zone }) => zone)));
  if (gains.length > 0 && zones.some((all) => all.size > 1)) return { refused: 'OTHER_ZONE' };
  if (gains.length > 0 && days.some(({ shiftTypeIds }) => shiftTypeIds.length > maxShiftsADay))
    return { refused: 'TOO_MANY' };
  return { days };
}

/** One may begin at the instant at which the other ends. */
const meet = (one: ShiftWindow, other: ShiftWindow): boolean => one.startMs < other.endMs && other.startMs < one.endMs;
