import type { Interval } from './intervals.ts';

/** The rules a stretch of a day can follow from. */
export const explainedBy = [
  'overtime.day',
  'work.off-shift',
  'work.shift',
  'work.first-to-last',
  'break.paid',
  'break.punched',
  'break.automatic',
  'gap.between-stays',
  'stay.no-check-out',
  'absence.late',
  'absence.late-excused',
  'absence.early-exit',
  'absence.early-exit-excused',
  'absence.shift',
  'shift.not-over',
  'leave',
  'holiday',
  'weekly-off',
  'not-employed',
  'free',
] as const;
export type ExplainedBy = (typeof explainedBy)[number];

/** A stretch of a day: every instant of it counts for the same reason. From included, to excluded, Unix milliseconds. */
export interface ExplainedSpan extends Interval {
  rule: ExplainedBy;
  /** Whether it is working time. */
  counts: boolean;
  /** The facts it rests on: punches, corrections, leave, holidays. Sorted. */
  factIds: string[];
  words: string;
}

/** Why a day is as it is. The spans follow each other without a gap and cover the local date and all of its work. */
export interface ExplainedDay extends Interval {
  employeeId: string;
  date: string;
  /** Version of the rules. */
  rules: string;
  spans: ExplainedSpan[];
}

/** Spans that have one reason. */
export interface Layer {
  rule: ExplainedBy;
  spans: readonly Interval[];
  words: string;
  facts: (span: Interval) => string[];
}

export const layer = (rule: ExplainedBy, spans: readonly Interval[], words: string, facts: Layer['facts']): Layer => ({
  rule,
  spans,
  words,
  facts,
});
