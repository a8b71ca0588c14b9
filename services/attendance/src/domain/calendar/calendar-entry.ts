import type { PlannedShift } from '../days/index.ts';
import { shiftWindows } from '../days/shift-window.ts';

/** A shift as a calendar shows it. Times are Unix milliseconds. */
export interface CalendarShift {
  /** Local date of its start. */
  date: string;
  shiftId: string;
  name: string;
  /** Where: the person's site. */
  place: string | null;
  startsAtMs: number;
  endsAtMs: number;
}

/** A shift as a calendar was told of it last. */
export interface CalendarEntry extends CalendarShift {
  cancelled: boolean;
  /** How often it changed since it was first told. */
  sequence: number;
  changedAtMs: number;
}

/** The shifts of a person as calendar entries, in order of their start; those on dates the zone skipped do not take place. */
export const calendarShifts = (planned: readonly PlannedShift[], place: string | null): CalendarShift[] =>
  shiftWindows(planned).map(({ date, shift, startMs, endMs }) => ({
    date,
    shiftId: shift.id,
    name: shift.name,
    place,
    startsAtMs: startMs,
    endsAtMs: endMs,
  }));
