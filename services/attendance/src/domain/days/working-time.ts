import type { PunchedBreak, Stays } from './build-stays.ts';
import { difference, type Interval, intersection, slice, total, union } from './intervals.ts';
import type { RuleSet } from './rules.ts';
import type { BreakRule } from './shift-type.ts';
import { type ShiftWindow, windowAt } from './shift-window.ts';

/** What of a day was work and what was rest. */
export interface WorkingTime {
  /** From coming to leaving, breaks included. */
  presence: Interval[];
  /** Punched breaks inside presence, paid or not. */
  breaks: Interval[];
  unpaid: Interval[];
  /** The automatic break, where one was taken off. */
  automatic: Interval[];
  work: Interval[];
}

const minute = 60_000;

/** Working time of one day by its rules. Stays without a check-out count nothing until one is known. */
export function workingTime(paired: Stays, windows: readonly ShiftWindow[], rules: RuleSet): WorkingTime {
  const presence = rules.span === 'PAIRS' ? pairs(paired) : firstToLast(paired, windows);
  const rule = windows[0]?.shift.breaks ?? rules.breaks;
  const breaks = intersection(paired.breaks.flatMap(closed), presence);
  const unpaid = rule.punched === 'UNPAID' ? breaks : [];
  // A gap between two stays is a break that somebody took.
  const rested = breaks.length > 0 || presence.length > 1;
  const automatic = rested ? [] : automaticBreak(presence, rule);
  return { presence, breaks, unpaid, automatic, work: difference(difference(presence, unpaid), automatic) };
}

const pairs = ({ stays }: Stays): Interval[] =>
  union(stays.flatMap(({ fromMs, toMs }) => (toMs === null ? [] : [{ fromMs, toMs }])));

/** Per shift (and outside of all) one span: from the first check-in to the last check-out, whatever lies between. */
function firstToLast({ stays, unpaired }: Stays, windows: readonly ShiftWindow[]): Interval[] {
  const spans = new Map<ShiftWindow | undefined, Interval>();
  const reach = (key: ShiftWindow | undefined, fromMs: number, toMs: number): void => {
    const known = spans.get(key) ?? { fromMs, toMs };
    spans.set(key, { fromMs: Math.min(known.fromMs, fromMs), toMs: Math.max(known.toMs, toMs) });
  };
  for (const { fromMs, toMs } of stays) reach(windowAt(windows, fromMs), fromMs, toMs ?? fromMs);
  for (const { type, atMs } of unpaired) {
    if (type !== 'OUT') continue;
    const began = stays.findLast((stay) => stay.fromMs <= atMs);
    if (began) reach(windowAt(windows, began.fromMs), began.fromMs, atMs);
  }
  return union([...spans.values()]);
}

const closed = ({ fromMs, toMs }: PunchedBreak): Interval[] => (toMs === null ? [] : [{ fromMs, toMs }]);

/** Taken where presence passes its threshold, or so that it still fits before the end. */
function automaticBreak(presence: readonly Interval[], { automatic }: BreakRule): Interval[] {
  const gross = total(presence);
  if (!automatic || gross <= automatic.afterMinutes * minute) return [];
  const length = automatic.minutes * minute;
  const from = Math.max(0, Math.min(automatic.afterMinutes * minute, gross - length));
  return slice(presence, from, from + length);
}

/** What a shift of this length asks for: its automatic break is nobody's work. Milliseconds. */
export function withoutAutomaticBreak(lengthMs: number, { automatic }: BreakRule): number {
  if (!automatic || lengthMs <= automatic.afterMinutes * minute) return lengthMs;
  return Math.max(0, lengthMs - automatic.minutes * minute);
}
