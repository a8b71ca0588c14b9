import type { AttendanceDay } from './attendance-day.ts';
import { type Interval, intersection, total } from './intervals.ts';
import { weigh } from './overtime.ts';
import type { RuleSet } from './rules.ts';

/** Overtime of one fixed week. Instants are Unix milliseconds, durations milliseconds. */
export interface OvertimeWeek {
  fromMs: number;
  /** Excluded: 168 hours later. */
  toMs: number;
  rules: string;
  workedMs: number;
  /** Overtime its days paid already: no minute is overtime twice. */
  byDayMs: number;
  /** What the week adds to that. */
  countedMs: number;
  weightedMs: number;
}

const weekMs = 168 * 3_600_000;

/** The fixed week an instant lies in; null without a week rule. */
export function weekAt(atMs: number, { week }: RuleSet): Interval | null {
  if (!week) return null;
  const fromMs = week.anchorMs + Math.floor((atMs - week.anchorMs) / weekMs) * weekMs;
  return { fromMs, toMs: fromMs + weekMs };
}

/**
 * Overtime of the week an instant lies in: work within exactly these 168 hours beyond the limit, less what its days paid. Give every
 * day that reaches into it. A day over the border has its overtime in the week in which its work ends.
 */
export function deriveWeek(atMs: number, days: readonly AttendanceDay[], rules: RuleSet): OvertimeWeek | null {
  const span = weekAt(atMs, rules);
  if (!span || !rules.week) return null;
  const { afterMinutes, maxMinutes } = rules.week;
  const unique = [...new Map(days.map((day) => [day.date, day])).values()];
  const workedMs = total(
    intersection(
      unique.flatMap(({ work }) => work),
      [span],
    ),
  );
  const byDayMs = unique
    .filter(({ work }) => ends(work) > span.fromMs && ends(work) <= span.toMs)
    .reduce((sum, { overtime }) => sum + (overtime?.countedMs ?? 0), 0);
  const beyond = Math.max(0, workedMs - afterMinutes * 60_000 - byDayMs);
  const countedMs = maxMinutes > 0 ? Math.min(beyond, Math.max(0, maxMinutes * 60_000 - byDayMs)) : beyond;
  const weightedMs = weigh(countedMs, rules.overtime?.percent.normal ?? 100);
  return { ...span, rules: rules.version, workedMs, byDayMs, countedMs, weightedMs };
}

const ends = (work: readonly Interval[]): number => work.at(-1)?.toMs ?? Number.NEGATIVE_INFINITY;
