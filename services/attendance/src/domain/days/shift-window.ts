import type { PlannedShift, ShiftType } from './shift-type.ts';
import { plusDays, wallTime } from './wall-time.ts';

/** A shift of a date with its instants, Unix milliseconds. */
export interface ShiftWindow {
  date: string;
  zone: string;
  shift: ShiftType;
  source: PlannedShift['source'];
  startMs: number;
  endMs: number;
  /** Where check-ins count for it, both included. */
  windowFromMs: number;
  windowUntilMs: number;
  /** Where its own window would end if no other shift followed: its day is over after that. */
  overAtMs: number;
}

const minute = 60_000;

/**
 * The shifts of a person in order, with windows that do not overlap: where two would, the later begins where the earlier
 * shift's own end lies. Shifts on dates the zone skipped do not take place; repetitions are one.
 */
export function shiftWindows(planned: readonly PlannedShift[]): ShiftWindow[] {
  const byKey = new Map<string, ShiftWindow>();
  for (const one of planned) {
    const window = ownWindow(one);
    if (window) byKey.set(`${one.date} ${one.shift.id}`, window);
  }
  const windows = [...byKey.values()].sort(
    (a, b) => a.startMs - b.startMs || a.endMs - b.endMs || (a.shift.id < b.shift.id ? -1 : 1),
  );
  for (let i = 1; i < windows.length; i++) {
    const [earlier, later] = [windows[i - 1], windows[i]] as [ShiftWindow, ShiftWindow];
    if (earlier.windowUntilMs < later.windowFromMs) continue;
    later.windowFromMs = Math.max(later.windowFromMs, earlier.endMs);
    earlier.windowUntilMs = Math.min(earlier.windowUntilMs, later.windowFromMs);
  }
  return windows;
}

/** The shift in whose window an instant lies; at the border of two, the later one. */
export function windowAt<T extends Pick<ShiftWindow, 'windowFromMs' | 'windowUntilMs'>>(
  windows: readonly T[],
  atMs: number,
): T | undefined {
  return windows.findLast((window) => atMs >= window.windowFromMs && atMs <= window.windowUntilMs);
}

function ownWindow({ date, zone, shift, source }: PlannedShift): ShiftWindow | undefined {
  const startMs = wallTime(date, shift.start, zone, 'start');
  const endsOn = shift.start < shift.end ? date : plusDays(date, 1);
  const endMs = wallTime(endsOn, shift.end, zone, 'end');
  if (startMs === null || endMs === null) return undefined;
  // A start inside the gap of the clocks may move beyond an end after it: then nothing of the shift is left.
  const end = Math.max(startMs, endMs);
  const overAtMs = end + shift.checkOutAfterMinutes * minute;
  const windowFromMs = startMs - shift.checkInBeforeMinutes * minute;
  return { date, zone, shift, source, startMs, endMs: end, windowFromMs, windowUntilMs: overAtMs, overAtMs };
}
