import type { EffectivePunch } from './facts.ts';
import { type ShiftWindow, windowAt } from './shift-window.ts';

/** How the punches of a date are read. */
export interface Reading {
  punches: 'BY_TYPE' | 'ALTERNATING';
  longestStayMs: number;
}

export interface DateRules {
  /** Of a date: versions of the rules may change between two. */
  readingOn(date: string): Reading;
  windows: readonly ShiftWindow[];
  /** The local date of work outside every shift. */
  localDate(punch: EffectivePunch): string;
}

/** What the punches before have left open. */
type State =
  | { mode: 'BY_TYPE'; date: string; atMs: number; left: boolean }
  | { mode: 'ALTERNATING'; date: string; atMs: number; odd: boolean };

/**
 * Each punch of an ordered list with its attendance date: exactly one, so that no punch is lost or counted twice. A stay is read by the
 * rules of the date it began on, also beyond midnight and beyond a change of rules.
 */
export function assignDates(ordered: readonly EffectivePunch[], rules: DateRules): [date: string, EffectivePunch][] {
  let state: State | undefined;
  return ordered.map((punch) => {
    const own = windowAt(rules.windows, punch.atMs)?.date;
    const local = own ?? rules.localDate(punch);
    const late = state !== undefined && punch.atMs - state.atMs > rules.readingOn(state.date).longestStayMs;
    const { punches } = rules.readingOn(state && !late && goesOn(state, punch, own) ? state.date : local);
    const before = state;
    const step =
      punches === 'BY_TYPE'
        ? byType(before?.mode === 'BY_TYPE' && !late ? before : undefined, punch, own, local)
        : alternating(before?.mode === 'ALTERNATING' ? before : undefined, late, punch, own, local);
    state = step.state;
    return [step.date, punch];
  });
}

/** Whether a punch is about what is open already, and not the beginning of something. */
const goesOn = (state: State, { type }: EffectivePunch, own: string | undefined): boolean =>
  state.mode === 'BY_TYPE' ? type !== 'IN' && !state.left : state.odd && own === undefined;

interface Step {
  date: string;
  state: State | undefined;
}

/**
 * A check-in counts in the window it lies in. Whatever comes after it belongs to its day, wherever windows end, until
 * somebody left: so overtime stays with its shift, and so does an OUT in the window of a shift that follows at once.
 */
function byType(
  stay: Extract<State, { mode: 'BY_TYPE' }> | undefined,
  { atMs, type, origin }: EffectivePunch,
  own: string | undefined,
  local: string,
): Step {
  if (type === 'IN') return { date: local, state: { mode: 'BY_TYPE', atMs, date: local, left: false } };
  if (!stay) return { date: local, state: undefined };
  const date = stay.left ? (own ?? stay.date) : stay.date;
  // An automatic check-out ends nothing for a real one that comes later.
  return { date, state: type === 'OUT' && origin !== 'AUTO' ? { ...stay, left: true } : stay };
}

/** The window decides; outside of all, a punch that is due after an odd number in a window continues that day. */
function alternating(
  day: Extract<State, { mode: 'ALTERNATING' }> | undefined,
  late: boolean,
  { atMs }: EffectivePunch,
  own: string | undefined,
  local: string,
): Step {
  if (own !== undefined) {
    const odd = day?.date === own ? !day.odd : true;
    return { date: own, state: { mode: 'ALTERNATING', date: own, odd, atMs } };
  }
  if (!day?.odd || late) return { date: local, state: day };
  return { date: day.date, state: { ...day, odd: false, atMs } };
}
