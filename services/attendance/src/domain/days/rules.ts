import type { AutoCloseRule, BreakRule } from './shift-type.ts';

export interface OvertimeRule {
  /** What an hour of overtime is worth, in whole percent: 150 is one and a half. */
  percent: { normal: number; weekend: number; holiday: number };
  /** The most that counts on one day; 0: no limit. */
  maxMinutes: number;
  /** Only approved overtime is paid. */
  needsApproval: boolean;
}

/** Rounding to wall-clock steps. `UP` is later or longer, `DOWN` earlier or shorter; halves go up. */
export interface Rounding {
  toMinutes: 1 | 5 | 6 | 15;
  how: 'NEAREST' | 'UP' | 'DOWN';
}

/** A fixed week of 168 hours: every 7 × 24 h from `anchorMs` (Unix milliseconds), whatever the clocks on the wall do. */
export interface WeekRule {
  anchorMs: number;
  /** Work beyond this in one week is overtime. */
  afterMinutes: number;
  /** The most that counts in one week; 0: no limit. */
  maxMinutes: number;
}

/** One version of the rules. Days say which version they were derived by; a change of any value is a new version. */
export interface RuleSet {
  version: string;
  /** `BY_TYPE` believes what each punch says it is; `ALTERNATING` counts in, out, in, out. */
  punches: 'BY_TYPE' | 'ALTERNATING';
  /** `PAIRS`: every stay counts, gaps are breaks. `FIRST_LAST`: from the first check-in to the last check-out. */
  span: 'PAIRS' | 'FIRST_LAST';
  /** How long after a check-in a check-out may still belong to it; at most 2160 (36 h). */
  longestStayMinutes: number;
  /** The same punch again within this time is one punch. */
  repeatMinutes: number;
  /** For days without a shift. */
  breaks: BreakRule;
  autoClose: AutoCloseRule;
  /** How long a day without a shift is expected to be; an automatic check-out needs it. */
  standardDayMinutes: number;
  /** Null: no overtime. */
  overtime: OvertimeRule | null;
  week: WeekRule | null;
  /** Applied once, at the end. Null: exact. */
  rounding: { begin: Rounding | null; end: Rounding | null; duration: Rounding | null };
}

/** Nothing switched on: exact, by type, every pair, no overtime, nothing closed by itself. */
export const plainRules: RuleSet = {
  version: 'plain-1',
  punches: 'BY_TYPE',
  span: 'PAIRS',
  longestStayMinutes: 960,
  repeatMinutes: 1,
  breaks: { punched: 'UNPAID', automatic: null },
  autoClose: null,
  standardDayMinutes: 480,
  overtime: null,
  week: null,
  rounding: { begin: null, end: null, duration: null },
};

/** The rules of a fresh platform: plain ones, but who forgot to check out is checked out, two hours after the day is full. */
export const freshRules: RuleSet = { ...plainRules, version: 'plain-2', autoClose: { by: 'TOLERANCE', minutes: 120 } };
