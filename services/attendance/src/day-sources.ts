import type { Db } from '@muster/db';
import {
  type HolidayDay,
  type LeaveDay,
  type OvertimeApproval,
  type PlannedShift,
  plainRules,
  type RuleChange,
  type RuleSet,
} from './domain/days/index.ts';
import type { DateRange } from './sql/take-queued-days.ts';

/** What a day is made of beside facts. */
export interface DayContext {
  joinedOn: string | null;
  leftOn: string | null;
  shifts: PlannedShift[];
  leave: LeaveDay[];
  holidays: HolidayDay[];
  approvals: OvertimeApproval[];
  rules: RuleSet;
  /** Absent: none in these dates. */
  ruleChanges?: RuleChange[] | undefined;
  /** Until when facts are known to be complete, Unix milliseconds: `nowMs`, or where a device lags behind, less. */
  knownUntilMs: number;
}

/**
 * Where shifts, leave, holidays and rules come from: for many people at once, by id. It is asked for the dates in reach of those that
 * are derived. Whoever changes what it answers queues those days (`day_queue`) in the same transaction.
 */
export type DaySources = (db: Db, ranges: readonly DateRange[], nowMs: number) => Promise<Map<string, DayContext>>;

/** Somebody about whom nothing but facts is known. */
export const nothingPlanned = {
  joinedOn: null,
  leftOn: null,
  shifts: [],
  leave: [],
  holidays: [],
  approvals: [],
  rules: plainRules,
};
