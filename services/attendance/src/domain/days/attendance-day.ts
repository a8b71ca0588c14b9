import type { PunchedBreak, Stay } from './build-stays.ts';
import type { Conflict } from './facts.ts';
import type { Interval } from './intervals.ts';
import type { Overtime } from './overtime.ts';
import type { Punctuality } from './punctuality.ts';
import type { RoundedDay } from './round-day.ts';

export const dayStatuses = [
  'PRESENT',
  'HALF_DAY',
  'ABSENT',
  'ON_LEAVE',
  'HOLIDAY',
  'WEEKLY_OFF',
  'NO_SHIFT',
  'NOT_EMPLOYED',
  /** Nobody came yet, and it is too early to say that nobody will. */
  'PENDING',
  /** Somebody came, and the day is not over. */
  'IN_PROGRESS',
] as const;
export type DayStatus = (typeof dayStatuses)[number];

/** In the order they are listed on a day. */
export const dayFlags = [
  'LATE',
  'EARLY_EXIT',
  'SHIFT_MISSED',
  'OFF_SHIFT',
  'HALF_DAY_LEAVE',
  'WORK_ON_LEAVE',
  'WORK_ON_DAY_OFF',
  'OUTSIDE_EMPLOYMENT',
  'OPEN',
  'ON_BREAK',
  'MISSED_CHECK_OUT',
  'MISSED_CHECK_IN',
  'AUTO_CLOSED',
  'CORRECTED',
  'CONFLICT',
] as const;
export type DayFlag = (typeof dayFlags)[number];

/** A shift of the day. Instants are Unix milliseconds. */
export interface DayShift extends Punctuality {
  shiftId: string;
  name: string;
  source: 'ASSIGNMENT' | 'DEFAULT';
  startMs: number;
  endMs: number;
  windowFromMs: number;
  windowUntilMs: number;
}

/** The attendance day. The same facts, shifts, leave, holidays and rules give it byte for byte. Times: Unix ms; durations: ms. */
export interface AttendanceDay {
  employeeId: string;
  date: string;
  zone: string;
  /** Version of the rules it was derived by. */
  rules: string;
  status: DayStatus;
  flags: DayFlag[];
  shifts: DayShift[];
  stays: (Stay & { shiftId: string | null })[];
  breaks: PunchedBreak[];
  /** When work was, after breaks; overtime weeks are cut out of these. */
  work: Interval[];
  expectedMs: number;
  presenceMs: number;
  /** Unpaid and automatic breaks. */
  breakMs: number;
  workedMs: number;
  /** Part of `workedMs` in stays that began outside every shift. */
  offShiftMs: number;
  lateMinutes: number;
  earlyExitMinutes: number;
  overtime: Overtime | null;
  rounded: RoundedDay;
  leaveIds: string[];
  /** The types of that leave, once for each half of the day. */
  leaveHalves: string[];
  holidayId: string | null;
  conflicts: Conflict[];
  /** Facts that count for nothing, and why they are kept. */
  unpairedIds: string[];
  repeatedIds: string[];
  supersededIds: string[];
  /** Whether more time alone can still change it. */
  settled: boolean;
  /** After this instant (by the sync watermark) it is looked at again; null when settled. */
  settlesAtMs: number | null;
  /** What a missed check-out would be closed with; null when nobody is in, or nothing closes by itself. */
  autoCloseAtMs: number | null;
}
