import type { Stay } from './build-stays.ts';
import type { Interval } from './intervals.ts';
import { punctualityOf, type WatchedShift, worksThrough } from './punctuality.ts';
import { windowAt } from './shift-window.ts';

/** Whole minutes, rounded down, also those that grace excuses. */
export interface CountedMinutes {
  minutes: number;
  /** The start, or the end, that was due. Unix milliseconds. */
  dueMs: number;
  graceMinutes: number;
}

/** What one stay is counted against, and what of the day's punctuality it decides. */
export interface StayCount {
  /** The one in whose window it began, else the first it works through. `date`: the attendance date. */
  shift: { id: string; name: string; date: string } | null;
  /** Null where it decides nothing, or was in time. */
  late: CountedMinutes | null;
  earlyExit: CountedMinutes | null;
}

/** A stay that belongs to no shift. */
export const notCounted: StayCount = { shift: null, late: null, earlyExit: null };

/**
 * The punctuality of a date's shifts, told of the stays that decide it: who comes first for a shift, and who leaves it last. Summed up over
 * the stays it is the day's. `due` is what leave left of each shift.
 */
export function countStays(
  windows: readonly WatchedShift[],
  due: readonly (Interval | null)[],
  stays: readonly Stay[],
): StayCount[] {
  const judged = windows.map((window, i) => ({
    shift: window.shift,
    span: due[i] ?? null,
    ...punctualityOf(window, due[i] ?? null, stays, windows),
  }));
  return stays.map((stay) => {
    const window = windowAt(windows, stay.fromMs) ?? windows.find((one) => worksThrough(stay, one));
    const late = judged.flatMap(({ inId, lateMinutes, span, shift }) =>
      inId === stay.inId && span
        ? [{ minutes: lateMinutes, dueMs: span.fromMs, graceMinutes: shift.lateGraceMinutes }]
        : [],
    );
    const early = judged.flatMap(({ outId, earlyExitMinutes, span, shift }) =>
      outId !== null && outId === stay.outId && span
        ? [{ minutes: earlyExitMinutes, dueMs: span.toMs, graceMinutes: shift.earlyGraceMinutes }]
        : [],
    );
    return {
      shift: window ? { id: window.shift.id, name: window.shift.name, date: window.date } : null,
      late: together(late),
      earlyExit: together(early),
    };
  });
}

/** Only shifts that overlap count one stay twice: then the minutes are both's, and the first says why. */
function together(counted: readonly CountedMinutes[]): CountedMinutes | null {
  const some = counted.filter(({ minutes }) => minutes > 0);
  const [first] = some;
  return first ? { ...first, minutes: some.reduce((sum, { minutes }) => sum + minutes, 0) } : null;
}
