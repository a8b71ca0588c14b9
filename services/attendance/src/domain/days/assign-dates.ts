import type { EffectivePunch } from './facts.ts';
import { type ShiftWindow, windowAt } from './shift-window.ts';

export interface DateRules {
  punches: 'BY_TYPE' | 'ALTERNATING';
  longestStayMs: number;
  windows: readonly ShiftWindow[];
  /** The local date of work outside every shift. */
  localDate(punch: EffectivePunch): string;
}

/** Each punch of an ordered list with its attendance date: exactly one, so that no punch is lost or counted twice. */
export function assignDates(ordered: readonly EffectivePunch[], rules: DateRules): [date: string, EffectivePunch][] {
  return rules.punches === 'BY_TYPE' ? byType(ordered, rules) : alternating(ordered, rules);
}

/**
 * A check-in counts in the window it lies in. Whatever comes after it belongs to its day, wherever windows end, until
 * somebody left: so overtime stays with its shift, and so does an OUT in the window of a shift that follows at once.
 */
function byType(ordered: readonly EffectivePunch[], rules: DateRules): [string, EffectivePunch][] {
  let stay: { atMs: number; date: string; left: boolean } | undefined;
  return ordered.map((punch) => {
    const { atMs, type, origin } = punch;
    const own = windowAt(rules.windows, atMs)?.date;
    if (type === 'IN') {
      stay = { atMs, date: own ?? rules.localDate(punch), left: false };
      return [stay.date, punch];
    }
    if (!stay || atMs - stay.atMs > rules.longestStayMs) return [own ?? rules.localDate(punch), punch];
    const date = stay.left ? (own ?? stay.date) : stay.date;
    // An automatic check-out ends nothing for a real one that comes later.
    if (type === 'OUT' && origin !== 'AUTO') stay.left = true;
    return [date, punch];
  });
}

/** The window decides; outside of all, a punch that is due after an odd number in a window continues that day. */
function alternating(ordered: readonly EffectivePunch[], rules: DateRules): [string, EffectivePunch][] {
  let day: { date: string; odd: boolean; lastMs: number } | undefined;
  return ordered.map((punch) => {
    const { atMs } = punch;
    const own = windowAt(rules.windows, atMs)?.date;
    if (own !== undefined) {
      day = { date: own, odd: day?.date === own ? !day.odd : true, lastMs: atMs };
      return [own, punch];
    }
    if (!day?.odd || atMs - day.lastMs > rules.longestStayMs) return [rules.localDate(punch), punch];
    day = { date: day.date, odd: false, lastMs: atMs };
    return [day.date, punch];
  });
}
