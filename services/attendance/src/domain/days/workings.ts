import { localDay } from '../local-day.ts';
import { assignDates, type Reading } from './assign-dates.ts';
import { buildStays, type Stays } from './build-stays.ts';
import { type Duty, dutyOf } from './duty.ts';
import { type Contest, effectivePunches } from './effective-punches.ts';
import type { EffectivePunch } from './facts.ts';
import { orderPunches } from './order-punches.ts';
import type { PersonRecord } from './person-record.ts';
import type { RuleSet } from './rules.ts';
import { rulesOn } from './rules-on.ts';
import { type SettledPunches, settleDoubles } from './settle-doubles.ts';
import { type ShiftWindow, shiftWindows, windowAt } from './shift-window.ts';
import { plusDays, startOfDate } from './wall-time.ts';
import { type WorkingTime, workingTime } from './working-time.ts';

/** Everything found out about one day on the way to it; `describeDay` and `explainDay` tell it in two ways. */
export interface Workings {
  date: string;
  /** The version it is counted by. */
  rules: RuleSet;
  /** Whose calendar the day follows: its shift's, else that of its first punch, else the person's. */
  zone: string;
  windows: ShiftWindow[];
  duty: Duty;
  /** All of the day's punches, also those that do not count. */
  punches: EffectivePunch[];
  settledPunches: SettledPunches;
  paired: Stays;
  time: WorkingTime;
  contests: Contest[];
  /** After this instant time alone changes nothing. */
  overAtMs: number;
  settled: boolean;
}

/** One look at a person's record, from which any of its days can be worked out. */
export function readRecord(record: PersonRecord): (date: string) => Workings {
  const { zone } = record;
  const readingOn = (date: string): Reading => {
    const { punches, longestStayMinutes } = rulesOn(record, date);
    return { punches, longestStayMs: longestStayMinutes * 60_000 };
  };
  const windows = shiftWindows(record.shifts);
  const { punches, contests } = effectivePunches(record.facts);
  const localDate = (punch: Pick<EffectivePunch, 'atMs' | 'zone'>): string =>
    localDay(punch.atMs, punch.zone ?? zone).date;
  const ordered = orderPunches(punches, (punch) => readingOn(localDate(punch)).longestStayMs);
  const byDate = new Map<string, EffectivePunch[]>();
  for (const [date, punch] of assignDates(ordered, { readingOn, windows, localDate }))
    byDate.set(date, [...(byDate.get(date) ?? []), punch]);
  // A contest belongs where the fact that counts is; without one, where the fact it is about would be.
  const dateOf = new Map([...byDate].flatMap(([date, ones]) => ones.map(({ id }) => [id, date] as const)));
  const contestDate = (contest: Contest): string =>
    dateOf.get(contest.countedId ?? '') ?? windowAt(windows, contest.atMs)?.date ?? localDate(contest);

  return (date) => {
    const rules = rulesOn(record, date);
    const here = windows.filter((window) => window.date === date);
    const all = byDate.get(date) ?? [];
    const dayZone = here[0]?.zone ?? all[0]?.zone ?? zone;
    const settledPunches = settleDoubles(all, { punches: rules.punches, repeatMs: rules.repeatMinutes * 60_000 });
    const paired = buildStays(settledPunches.counted, rules.punches);
    const overAtMs = dayIsOver(here, paired, rules.longestStayMinutes * 60_000, () =>
      startOfDate(plusDays(date, 1), dayZone),
    );
    return {
      date,
      rules,
      zone: dayZone,
      windows: here,
      duty: dutyOf({ ...record, date, windows: here }),
      punches: all,
      settledPunches,
      paired,
      time: workingTime(paired, here, rules),
      contests: contests.filter((contest) => contestDate(contest) === date).sort(byFacts),
      overAtMs,
      settled: record.knownUntilMs > overAtMs,
    };
  };
}

/** The end of the last window; without a shift midnight, or as long as somebody may still leave. */
function dayIsOver(
  windows: readonly ShiftWindow[],
  { stays }: Stays,
  longestStayMs: number,
  midnight: () => number,
): number {
  if (windows.length > 0) return Math.max(...windows.map(({ overAtMs }) => overAtMs));
  const last = stays.at(-1);
  return last && last.toMs === null ? Math.max(midnight(), last.fromMs + longestStayMs) : midnight();
}

const byFacts = (a: Contest, b: Contest): number => (a.factIds.join() < b.factIds.join() ? -1 : 1);
