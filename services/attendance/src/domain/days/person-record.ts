import type { Fact } from './facts.ts';
import type { RuleSet } from './rules.ts';
import type { PlannedShift } from './shift-type.ts';

/** An approved leave on one local date. */
export interface LeaveDay {
  id: string;
  date: string;
  part: 'FULL' | 'FIRST_HALF' | 'SECOND_HALF';
  /** Of which kind: the id of a leave type, since a name may change and a day must not. */
  type: string;
}

/** A public holiday, or a day of the week that is off. */
export interface HolidayDay {
  id: string;
  date: string;
  name: string;
  kind: 'PUBLIC' | 'WEEKLY_OFF';
}

/** How much overtime of a date somebody approved. */
export interface OvertimeApproval {
  id: string;
  date: string;
  minutes: number;
  /** The overtime it was decided about, milliseconds: so much waits for nobody any more. Absent: whatever is not approved waits. */
  ofMs?: number | undefined;
}

/** Another version of the rules takes over on a date. */
export interface RuleChange {
  /** The first date it counts for. */
  from: string;
  rules: RuleSet;
}

/**
 * Everything a person's days are made of. Lists are sets: order and repetition mean nothing. A day needs the facts and
 * shifts of four days around it (see `factsReach`); more change nothing.
 */
export interface PersonRecord {
  employeeId: string;
  /** IANA zone of the person's site: the calendar of work outside every shift. */
  zone: string;
  /** First and last local date of employment, included; null: unbounded. */
  joinedOn: string | null;
  leftOn: string | null;
  facts: readonly Fact[];
  shifts: readonly PlannedShift[];
  leave: readonly LeaveDay[];
  holidays: readonly HolidayDay[];
  approvals: readonly OvertimeApproval[];
  /** The rules of the first of the dates in reach. */
  rules: RuleSet;
  /** What takes their place, and on which date: every day is counted by the version of its own date. */
  ruleChanges?: readonly RuleChange[] | undefined;
  /** Until when every fact has arrived (Unix milliseconds): the clock, or the sync watermark of the devices if that is earlier. */
  knownUntilMs: number;
}

/** Days before and after a date whose facts and shifts may change it. */
export const factsReach = { daysBefore: 4, daysAfter: 4 } as const;
