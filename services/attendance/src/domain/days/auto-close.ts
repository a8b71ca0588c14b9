import type { Stay } from './build-stays.ts';
import type { AutoCloseRule } from './shift-type.ts';
import { plusDays, wallTime } from './wall-time.ts';

export interface AutoCloseInput {
  /** The stay nobody ended. */
  stay: Stay;
  rule: AutoCloseRule;
  /** Presence the day asks for, its breaks included, and what there was before this stay. Milliseconds. */
  expectedMs: number;
  presenceMs: number;
  /** Local date of the check-in, and its zone. */
  localDate: string;
  zone: string;
}

/**
 * The instant (Unix milliseconds) an automatic check-out of a stay bears: where the expected hours and the tolerance are full, or the
 * next time the clock shows the fixed one. A job writes the fact once that has passed; a request never does.
 */
export function autoCloseAt({ stay, rule, expectedMs, presenceMs, localDate, zone }: AutoCloseInput): number | null {
  if (!rule) return null;
  if (rule.by === 'TOLERANCE') return stay.fromMs + Math.max(0, expectedMs - presenceMs) + rule.minutes * 60_000;
  for (const date of [localDate, plusDays(localDate, 1), plusDays(localDate, 2)]) {
    const atMs = wallTime(date, rule.time, zone, 'end');
    if (atMs !== null && atMs > stay.fromMs) return atMs;
  }
  return null;
}
