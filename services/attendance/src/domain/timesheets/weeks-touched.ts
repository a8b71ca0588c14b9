import { type PersonRecord, type RuleSet, rulesOn, weekAt } from '../days/index.ts';
import { plusDays, startOfDate } from '../days/wall-time.ts';
import { localDay } from '../local-day.ts';

/** A fixed week of 168 hours with the rules it is counted by: those of the date it begins on. Unix milliseconds. */
export interface RuledWeek {
  fromMs: number;
  toMs: number;
  rules: RuleSet;
  /** The local date of its last moment. */
  endsOn: string;
}

export interface WeeksTouched {
  /** Weeks that begin between these (both excluded) are all that the dates can change. Unix milliseconds. */
  afterMs: number;
  beforeMs: number;
  weeks: RuledWeek[];
  /** Whose days reach into those weeks, both included. */
  fromDate: string;
  toDate: string;
}

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/**
 * The weeks that days between two dates may change. A week belongs to the rules of the date it begins on: where a change of rules moves the
 * weeks, one that began before goes on for its 168 hours beside the first new one.
 */
export function weeksTouched(record: PersonRecord, from: string, to: string): WeeksTouched {
  const { zone } = record;
  const dateOf = (atMs: number): string => localDay(atMs, zone).date;
  // A day's work may begin on the date before, and end two after.
  const fromMs = startOfDate(plusDays(from, -1), zone);
  const toMs = startOfDate(plusDays(to, 4), zone);
  const weeks = new Map<number, RuledWeek>();
  for (const rules of new Set([record.rules, ...(record.ruleChanges ?? []).map((change) => change.rules)]))
    for (let week = weekAt(fromMs, rules); week && week.fromMs < toMs; week = weekAt(week.toMs, rules))
      if (rulesOn(record, dateOf(week.fromMs)) === rules)
        weeks.set(week.fromMs, { ...week, rules, endsOn: dateOf(week.toMs - 1) });
  return {
    afterMs: fromMs - weekMs,
    beforeMs: toMs,
    weeks: [...weeks.values()].sort((a, b) => a.fromMs - b.fromMs),
    fromDate: dateOf(fromMs - weekMs - 3 * dayMs),
    toDate: dateOf(toMs + weekMs + dayMs),
  };
}
