import { type Interval, slice, total } from './intervals.ts';
import type { HolidayDay, LeaveDay } from './person-record.ts';
import type { ShiftWindow } from './shift-window.ts';
import { withoutAutomaticBreak } from './working-time.ts';

/** What a date asks of a person. */
export interface Duty {
  /** What kind of day it is before anybody looks at punches. */
  kind: 'WORKDAY' | 'NO_SHIFT' | 'ON_LEAVE' | 'HOLIDAY' | 'WEEKLY_OFF' | 'NOT_EMPLOYED';
  leave: LeaveDay[];
  holiday: HolidayDay | null;
  /** When one should be there, per shift; null where leave or a holiday takes the shift away. */
  perShift: (Interval | null)[];
  /** Working time expected, milliseconds. */
  expectedMs: number;
}

export interface DutyInput {
  date: string;
  windows: readonly ShiftWindow[];
  leave: readonly LeaveDay[];
  holidays: readonly HolidayDay[];
  joinedOn: string | null;
  leftOn: string | null;
}

/** Shifts less leave and holidays. Half a day of leave takes half of the shifts' time, counted from its end of the day. */
export function dutyOf({ date, windows, leave, holidays, joinedOn, leftOn }: DutyInput): Duty {
  const leaves = unique(leave.filter((one) => one.date === date));
  const here = unique(holidays.filter((one) => one.date === date));
  // A public holiday on a weekly day off is a holiday.
  const holiday = here.find(({ kind }) => kind === 'PUBLIC') ?? here[0] ?? null;
  const off = { leave: leaves, holiday, perShift: windows.map(() => null), expectedMs: 0 };
  if ((joinedOn !== null && date < joinedOn) || (leftOn !== null && date > leftOn))
    return { ...off, kind: 'NOT_EMPLOYED' };
  const parts = new Set(leaves.map(({ part }) => part));
  if (parts.has('FULL') || parts.size === 2) return { ...off, kind: 'ON_LEAVE' };
  if (holiday) return { ...off, kind: holiday.kind === 'PUBLIC' ? 'HOLIDAY' : 'WEEKLY_OFF' };
  if (windows.length === 0) return { ...off, kind: 'NO_SHIFT' };

  const whole = windows.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs }));
  const length = total(whole);
  const half = Math.floor(length / 2);
  const [from, to] = parts.has('FIRST_HALF') ? [half, length] : parts.has('SECOND_HALF') ? [0, half] : [0, length];
  const due = slice(whole, from, to);
  const perShift = whole.map((shift) => within(shift, due));
  const [first] = windows;
  const net = first ? withoutAutomaticBreak(length, first.shift.breaks) : length;
  return { ...off, kind: 'WORKDAY', perShift, expectedMs: parts.size === 0 ? net : Math.floor(net / 2) };
}

/** The part of a shift that is still due. Shifts that touch were one span in `due`. */
function within(shift: Interval, due: readonly Interval[]): Interval | null {
  for (const one of due) {
    const fromMs = Math.max(shift.fromMs, one.fromMs);
    const toMs = Math.min(shift.toMs, one.toMs);
    if (toMs > fromMs) return { fromMs, toMs };
  }
  return null;
}

function unique<T extends { id: string }>(ones: readonly T[]): T[] {
  return [...new Map(ones.map((one) => [one.id, one])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
