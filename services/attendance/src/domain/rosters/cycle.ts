import { plusDays } from '../days/wall-time.ts';
import type { Cycle } from './person-plan.ts';

const first = Temporal.PlainDate.from('2000-01-01');
const known = new Map<string, number>();

/** Days since 2000-01-01: dates have no zone, so days between them are exact. */
function dayNumber(date: string): number {
  const remembered = known.get(date);
  if (remembered !== undefined) return remembered;
  // A few years of dates; beyond that memory is worth more.
  if (known.size >= 5000) known.clear();
  const { days } = first.until(date, { largestUnit: 'days' });
  known.set(date, days);
  return days;
}

/** The cell of a date, before the anchor, too: the pattern repeats both ways. */
export function cellOn({ anchor, pattern }: Cycle, date: string): readonly string[] {
  const days = dayNumber(date) - dayNumber(anchor);
  const length = pattern.length;
  return pattern[((days % length) + length) % length] ?? [];
}

/** A Monday: weeks are counted from it. */
const monday = '2024-01-01';

/** The week of somebody who works one shift type on some days of the week (ISO, 1 is Monday), or on every day. */
export function weekOf(shiftTypeId: string, weekdays: readonly number[] | null): Cycle {
  if (!weekdays) return { anchor: monday, pattern: [[shiftTypeId]] };
  return { anchor: monday, pattern: [1, 2, 3, 4, 5, 6, 7].map((day) => (weekdays.includes(day) ? [shiftTypeId] : [])) };
}

/** A rotation for somebody who is `offset` days ahead of it: at 1 they work today what others work tomorrow. */
export const aheadBy = ({ anchor, pattern }: Cycle, offset: number): Cycle => ({
  anchor: plusDays(anchor, -offset),
  pattern,
});
