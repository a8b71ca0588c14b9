import type { Interval } from './intervals.ts';
import type { Rounding, RuleSet } from './rules.ts';

/** A day's times as the payroll sees them. Unix milliseconds; `workedMs` is a duration. */
export interface RoundedDay {
  fromMs: number | null;
  toMs: number | null;
  workedMs: number;
}

const minute = 60_000;

/** One instant on the wall clock's steps (Unix milliseconds); `offsetMs` tells how far east of UTC the clock is then. */
export function roundInstant(atMs: number, offsetMs: (atMs: number) => number, rounding: Rounding | null): number {
  if (!rounding) return atMs;
  const offset = offsetMs(atMs);
  return roundDuration(atMs + offset, rounding) - offset;
}

/** A duration in milliseconds by steps; halves go up. */
export function roundDuration(ms: number, rounding: Rounding | null): number {
  if (!rounding) return ms;
  const step = rounding.toMinutes * minute;
  const steps = ms / step;
  if (rounding.how === 'UP') return Math.ceil(steps) * step;
  if (rounding.how === 'DOWN') return Math.floor(steps) * step;
  return Math.floor(steps + 0.5) * step;
}

/** Moves the day's first coming and last leaving, and by as much the exact sum; then rounds that. Nothing is rounded twice. */
export function roundDay(
  presence: readonly Interval[],
  workedMs: number,
  { begin, end, duration }: RuleSet['rounding'],
  offsetMs: (atMs: number) => number,
): RoundedDay {
  const first = presence[0]?.fromMs ?? null;
  const last = presence.at(-1)?.toMs ?? null;
  if (first === null || last === null) return { fromMs: null, toMs: null, workedMs: 0 };
  const fromMs = roundInstant(first, offsetMs, begin);
  const toMs = roundInstant(last, offsetMs, end);
  const moved = Math.max(0, workedMs + (first - fromMs) + (toMs - last));
  return { fromMs, toMs: Math.max(fromMs, toMs), workedMs: roundDuration(moved, duration) };
}
