import { countStays, notCounted, type StayCount } from '../days/count-stays.ts';
import { windowAt } from '../days/shift-window.ts';
import type { DoorShift } from './door-shift.ts';

/** A stay before this one. Instants are Unix milliseconds. */
export interface EarlierStay {
  /** The attendance date it counts for: its shift's, else its local date. */
  date: string;
  fromMs: number;
  /** Null where nobody checked out. */
  toMs: number | null;
}

/**
 * What a check-in is counted against, by the rules of the attendance day: the shift in whose window it lies, late only if it is the
 * first there. `shifts`: of the dates around `atMs`, in order; `earlier`: the person's stays before, in order.
 */
export function countCheckIn(shifts: readonly DoorShift[], earlier: readonly EarlierStay[], atMs: number): StayCount {
  const own = windowAt(shifts, atMs);
  if (!own) return notCounted;
  const before = earlier.filter(({ date }) => date === own.date);
  const stays = [...before, { fromMs: atMs, toMs: null }].map(asStay);
  return countOf(shifts, own.date, stays);
}

/**
 * What is known at a check-out besides what the check-in was counted against: how early it is, and the shift of somebody who came before
 * its window. `checkIn.date`: the attendance date as far as it is known, else the local date.
 */
export function countCheckOut(
  shifts: readonly DoorShift[],
  checkIn: { date: string; fromMs: number },
  atMs: number,
): Pick<StayCount, 'shift' | 'earlyExit'> {
  const { fromMs } = checkIn;
  const date = windowAt(shifts, fromMs)?.date ?? checkIn.date;
  const { shift, earlyExit } = countOf(shifts, date, [asStay({ fromMs, toMs: atMs }, 0)]);
  return { shift, earlyExit };
}

/** The last of these stays, which are all of their date so far. */
function countOf(shifts: readonly DoorShift[], date: string, stays: readonly ReturnType<typeof asStay>[]): StayCount {
  const here = shifts.filter((one) => one.date === date);
  const due = here.map((one) => one.due);
  return countStays(here, due, stays).at(-1) ?? notCounted;
}

const asStay = ({ fromMs, toMs }: { fromMs: number; toMs: number | null }, i: number) => ({
  inId: `in ${i}`,
  outId: toMs === null ? null : `out ${i}`,
  fromMs,
  toMs,
  auto: false,
});
