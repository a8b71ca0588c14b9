import { type ShiftInstants, shiftInstants } from './shift-instants.ts';

/** Wall times of a zone on a date. */
export interface WallTimes {
  zone: string;
  date: string;
  start: string;
  end: string;
}

export const wallKey = ({ zone, start, end }: Pick<WallTimes, 'zone' | 'start' | 'end'>): string =>
  `${zone} ${start} ${end}`;

/** When wall times are by the time-zone database of this process; undefined on a date the zone skips. */
export function instantsOf({ zone, date, start, end }: WallTimes): ShiftInstants | undefined {
  const rest = {
    checkInBeforeMinutes: 0,
    checkOutAfterMinutes: 0,
    lateGraceMinutes: 0,
    earlyGraceMinutes: 0,
    breaks: { punched: 'UNPAID' as const, automatic: null },
    absentBelowMinutes: 0,
    halfDayBelowMinutes: 0,
    overtime: null,
    autoClose: null,
  };
  return shiftInstants({ zone, date, shift: { id: '', name: '', start, end, ...rest } });
}

/** Those of kept instants that are others by now, with both. A date that its zone skips by now has none any more. */
export function movedInstants<T extends WallTimes & ShiftInstants>(
  kept: readonly T[],
): { was: T; now: ShiftInstants }[] {
  return kept.flatMap((was) => {
    const now = instantsOf(was);
    return now && (now.startMs !== was.startMs || now.endMs !== was.endMs) ? [{ was, now }] : [];
  });
}
