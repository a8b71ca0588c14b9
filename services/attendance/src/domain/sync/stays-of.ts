import { assignDates } from '../days/assign-dates.ts';
import { buildStays } from '../days/build-stays.ts';
import { effectivePunches } from '../days/effective-punches.ts';
import type { Conflict, EffectivePunch, Fact } from '../days/facts.ts';
import type { RuleSet } from '../days/index.ts';
import { orderPunches } from '../days/order-punches.ts';
import { settleDoubles } from '../days/settle-doubles.ts';
import { beginsWithOne, type Reach } from './clear-dates.ts';

/** A stay as the door sees it. Instants are Unix milliseconds. */
export interface Stay {
  inId: string;
  fromMs: number;
  /** Null while it is open, and where nobody ever checked out. */
  outId: string | null;
  toMs: number | null;
  /** Nobody checked out of it, and the person came again: it is closed all the same. */
  missed: boolean;
  /** Closed by an automatic check-out. */
  auto: boolean;
  /** The open stay's break that has not ended. */
  breakSinceMs: number | null;
}

export interface Stays {
  /** In order of time; only the last can be open. */
  stays: Stay[];
  /** Facts that contradict each other. */
  conflicts: Conflict[];
  /** False: whoever was inside before `start` decides what comes first from it on, so that it has to be an earlier one. */
  clear: boolean;
}

export interface StayRules {
  /** The rules of a date. */
  rulesOn(date: string): Pick<RuleSet, 'punches' | 'repeatMinutes' | 'longestStayMinutes'>;
  /** The local date of a punch. */
  localDate(punch: EffectivePunch): string;
}

/**
 * Stays of a person by their facts, by the rules of the attendance day: a pure function of the set, whatever order it came in. A
 * check-in after a check-in begins another stay, unless it repeats the first within the repeat time.
 */
export function staysOf(facts: readonly Fact[], rules: StayRules, { start, end }: Reach = {}): Stays {
  const { punches, contests } = effectivePunches(facts);
  const [fromMs, beyondMs] = [start?.fromMs ?? Number.NEGATIVE_INFINITY, end?.inAtMs ?? Number.POSITIVE_INFINITY];
  const since = punches.filter(({ atMs }) => atMs >= fromMs && atMs < beyondMs);
  const counting = since.filter(({ id }) => id !== start?.withoutId);
  const ordered = orderPunches(counting, (punch) => longestStayMs(rules, rules.localDate(punch)));
  const stays: Stay[] = [];
  const conflicts: Conflict[] = contests.map(({ kind, factIds, countedId }) => ({ kind, factIds, countedId }));
  for (const [date, group] of groups(ordered, rules)) {
    const { punches: reading, repeatMinutes } = rules.rulesOn(date);
    const settled = settleDoubles(group, { punches: reading, repeatMs: repeatMinutes * 60_000 });
    conflicts.push(...settled.conflicts);
    const built = buildStays(settled.counted, reading);
    for (const { inId, fromMs, outId, toMs, auto } of built.stays) {
      const breakSinceMs = toMs === null ? openBreakMs(settled.counted, inId) : null;
      stays.push({ inId, fromMs, outId, toMs, auto, missed: false, breakSinceMs });
    }
  }
  return {
    stays: stays.map((stay, i) =>
      stay.toMs === null && (end || i < stays.length - 1) ? { ...stay, missed: true, breakSinceMs: null } : stay,
    ),
    conflicts,
    clear: start === undefined || beginsWithOne(since),
  };
}

/** Since when somebody who came with this check-in is on a break: what was before it is none of this stay's. */
function openBreakMs(counted: readonly EffectivePunch[], inId: string): number | null {
  let since: number | null = null;
  for (const { type, atMs } of counted.slice(counted.findIndex(({ id }) => id === inId)))
    if (type === 'BREAK_START') since ??= atMs;
    else if (type === 'BREAK_END') since = null;
  return since;
}

/**
 * Punches a date at a time, so that a forgotten check-out contradicts nothing on another day. Where types are believed a stay is the day's on
 * which it began, however long it lasts: the door never shuts behind somebody. Who left begins the next day by that day's reading.
 */
function groups(ordered: EffectivePunch[], rules: StayRules): Map<string, EffectivePunch[]> {
  const { rulesOn, localDate } = rules;
  const byType = (date: string): boolean => rulesOn(date).punches === 'BY_TYPE';
  const readingOn = (date: string) => ({ punches: rulesOn(date).punches, longestStayMs: longestStayMs(rules, date) });
  let stay: { date: string; left: boolean } | undefined;
  const byDate = new Map<string, EffectivePunch[]>();
  for (const [assigned, punch] of assignDates(ordered, { readingOn, windows: [], localDate })) {
    const local = localDate(punch);
    if (punch.type === 'IN') stay = { date: local, left: false };
    const staysOn = byType(stay?.date ?? local) && (!stay?.left || byType(local));
    const date = staysOn ? (stay?.date ?? local) : assigned;
    byDate.set(date, [...(byDate.get(date) ?? []), punch]);
    if (!staysOn) stay = undefined;
    else if (stay && punch.type === 'OUT' && punch.origin !== 'AUTO') stay.left = true;
  }
  return byDate;
}

const longestStayMs = ({ rulesOn }: StayRules, date: string): number => rulesOn(date).longestStayMinutes * 60_000;
