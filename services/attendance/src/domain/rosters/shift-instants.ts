import { shiftWindows } from '../days/shift-window.ts';
import type { RosterShift } from './expand-plan.ts';

/** When a shift begins and ends, Unix milliseconds. */
export interface ShiftInstants {
  startMs: number;
  endMs: number;
}

/** When a shift takes place; undefined on a date its zone skipped. */
export function shiftInstants(shift: Omit<RosterShift, 'source'>): ShiftInstants | undefined {
  const [window] = shiftWindows([{ ...shift, source: 'ASSIGNMENT' }]);
  return window && { startMs: window.startMs, endMs: window.endMs };
}

/** Two shifts of one person that take place at the same time, at least for a moment: the first such pair. */
export function clashOf(shifts: readonly RosterShift[]): [RosterShift, RosterShift] | undefined {
  const timed = shifts
    .flatMap((shift) => {
      const instants = shiftInstants(shift);
      return instants ? [{ shift, ...instants }] : [];
    })
    .sort((a, b) => a.startMs - b.startMs);
  for (let i = 1; i < timed.length; i++) {
    const [earlier, later] = [timed[i - 1], timed[i]];
    if (earlier && later && later.startMs < earlier.endMs) return [earlier.shift, later.shift];
  }
  return undefined;
}
