import type { BoardShift } from '@muster/contracts';
import { dutyOf } from '../days/duty.ts';
import type { PersonRecord } from '../days/index.ts';
import { type ShiftWindow, shiftWindows } from '../days/shift-window.ts';
import { datesBetween, plusDays, startOfDate } from '../days/wall-time.ts';
import { type DoorShift, doorShift } from '../door/door-shift.ts';

/** What is planned for a person's date, as a live board needs it. Instants are Unix milliseconds. */
export interface LivePlan {
  employeeId: string;
  date: string;
  /** When it counts: the local day, and what its shifts' windows add to it. */
  fromMs: number;
  untilMs: number;
  shifts: BoardShift[];
  leave: { fromMs: number; untilMs: number }[];
  /** All of the date's shifts, also those that leave takes away: punches count for them all the same. */
  door: DoorShift[];
}

/** The plans of the dates on which something is planned: shifts that leave and holidays left, and the leave. */
export function livePlansOf(record: PersonRecord, from: string, to: string): LivePlan[] {
  const windows = shiftWindows(record.shifts);
  return datesBetween(from, to).flatMap((date) => {
    const here = windows.filter((window) => window.date === date);
    const duty = dutyOf({ ...record, date, windows: here });
    if (duty.kind !== 'WORKDAY' && duty.kind !== 'ON_LEAVE') return [];
    const zone = here[0]?.zone ?? record.zone;
    const fromMs = Math.min(startOfDate(date, zone), here[0]?.windowFromMs ?? Number.POSITIVE_INFINITY);
    const untilMs = Math.max(startOfDate(plusDays(date, 1), zone), here.at(-1)?.windowUntilMs ?? 0);
    const shifts = here.flatMap((window, i) => {
      const due = duty.perShift[i];
      return due ? [boardShift(window, due)] : [];
    });
    const leave =
      duty.kind === 'ON_LEAVE' ? [{ fromMs, untilMs }] : duty.leave.flatMap(({ part }) => halfOff(part, here, shifts));
    const door = here.map((window, i) => doorShift(window, duty.perShift[i] ?? null));
    return [{ employeeId: record.employeeId, date, fromMs, untilMs, shifts, leave, door }];
  });
}

/** Late is who came more whole minutes after the start than the grace: from the next minute on. */
const boardShift = (
  { shift, windowFromMs, windowUntilMs }: ShiftWindow,
  due: { fromMs: number; toMs: number },
): BoardShift => ({
  name: shift.name,
  windowFromMs,
  windowUntilMs,
  ...due,
  lateFromMs: due.fromMs + (shift.lateGraceMinutes + 1) * 60_000,
});

/** What half a day of leave took: from the first start to what is still due, or from there to the last end. */
function halfOff(
  part: 'FULL' | 'FIRST_HALF' | 'SECOND_HALF',
  windows: readonly ShiftWindow[],
  shifts: readonly BoardShift[],
): LivePlan['leave'] {
  const [start, end] = [windows[0]?.startMs, windows.at(-1)?.endMs];
  const [dueFrom, dueTo] = [shifts[0]?.fromMs, shifts.at(-1)?.toMs];
  if (start === undefined || end === undefined || dueFrom === undefined || dueTo === undefined) return [];
  return part === 'FIRST_HALF' ? [{ fromMs: start, untilMs: dueFrom }] : [{ fromMs: dueTo, untilMs: end }];
}
