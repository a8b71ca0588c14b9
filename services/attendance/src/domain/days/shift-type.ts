import type { OvertimeRule } from './rules.ts';

/** How long people rest, and who pays. */
export interface BreakRule {
  /** Whether a punched break is working time. */
  punched: 'PAID' | 'UNPAID';
  /** Taken off when no break was punched and presence is longer than `afterMinutes`; null: never. */
  automatic: { minutes: number; afterMinutes: number } | null;
}

/** What a missed check-out is closed with: so long after what was expected, or at a wall time (`HH:MM`). Null: never, of a shift as the rules say. */
export type AutoCloseRule = { by: 'TOLERANCE'; minutes: number } | { by: 'FIXED'; time: string } | null;

/** A shift type. Wall times are `HH:MM`; start after end ends on the next day, start = end lasts a whole day. */
export interface ShiftType {
  id: string;
  name: string;
  start: string;
  end: string;
  /** How long before its start a check-in counts for it (60 as a rule). */
  checkInBeforeMinutes: number;
  /** How long after its end a check-out counts for it (60 as a rule). */
  checkOutAfterMinutes: number;
  /** Whole minutes later than this are late. */
  lateGraceMinutes: number;
  /** Whole minutes earlier than this are an early exit. */
  earlyGraceMinutes: number;
  breaks: BreakRule;
  /** Less work than this is an absence, or half a day. 0: off. */
  absentBelowMinutes: number;
  halfDayBelowMinutes: number;
  /** Null: the rules' own. */
  overtime: OvertimeRule | null;
  autoClose: AutoCloseRule;
}

/** A shift somebody works on a date. */
export interface PlannedShift {
  /** Local date of its start, `YYYY-MM-DD`. */
  date: string;
  /** IANA zone of its wall times. */
  zone: string;
  shift: ShiftType;
  source: 'ASSIGNMENT' | 'DEFAULT';
}
