import type { Stay } from './build-stays.ts';
import type { Interval } from './intervals.ts';
import type { ShiftType } from './shift-type.ts';
import type { ShiftWindow } from './shift-window.ts';
import { windowAt } from './shift-window.ts';

/** What is needed of a shift to say how punctual somebody was. */
export interface WatchedShift
  extends Pick<ShiftWindow, 'date' | 'startMs' | 'endMs' | 'windowFromMs' | 'windowUntilMs'> {
  shift: Pick<ShiftType, 'id' | 'name' | 'lateGraceMinutes' | 'earlyGraceMinutes'>;
}

/** How punctual somebody was in one shift. Whole minutes, rounded down, kept even when grace excuses them. */
export interface Punctuality {
  lateMinutes: number;
  /** More than the grace allows. */
  late: boolean;
  earlyExitMinutes: number;
  earlyExit: boolean;
  /** Nobody was there for any of it, or nobody is yet. */
  missed: boolean;
  /** The check-in and check-out that decided. */
  inId: string | null;
  outId: string | null;
}

/**
 * Late is who came more whole minutes after the start than the grace, early who left more before the end. `due` is what leave left
 * of the shift; null asks for nothing. An automatic check-out is nobody leaving early.
 */
export function punctualityOf(
  window: WatchedShift,
  due: Interval | null,
  stays: readonly Stay[],
  windows: readonly WatchedShift[],
): Punctuality {
  const there = stays.filter((stay) => windowAt(windows, stay.fromMs) === window || worksThrough(stay, window));
  const first = there[0];
  const last = there.at(-1);
  const base = { inId: first?.inId ?? null, outId: last?.outId ?? null };
  if (!due || !first || !last)
    return {
      lateMinutes: 0,
      late: false,
      earlyExitMinutes: 0,
      earlyExit: false,
      missed: due !== null && !first,
      ...base,
    };
  const lateMinutes = minutes(first.fromMs - due.fromMs);
  const earlyExitMinutes = last.toMs === null || last.auto ? 0 : minutes(due.toMs - last.toMs);
  return {
    lateMinutes,
    late: lateMinutes > window.shift.lateGraceMinutes,
    earlyExitMinutes,
    earlyExit: earlyExitMinutes > window.shift.earlyGraceMinutes,
    missed: false,
    ...base,
  };
}

/** Whoever stays from one shift into the next is there for both. */
export const worksThrough = ({ fromMs, toMs }: Stay, { startMs, endMs }: WatchedShift): boolean =>
  toMs !== null && fromMs < endMs && toMs > startMs;

const minutes = (ms: number): number => Math.max(0, Math.floor(ms / 60_000));
