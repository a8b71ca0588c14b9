import { plusDays } from '../days/wall-time.ts';

/** Closed months, `YYYY-MM`, by person. */
export type LockedMonths = ReadonlyMap<string, ReadonlySet<string>>;

interface Range {
  employeeId: string;
  from: string;
  to: string;
}

/** Whether the person's month in which the date lies is closed. */
export const isLocked = (locked: LockedMonths, { employeeId, date }: { employeeId: string; date: string }): boolean =>
  locked.get(employeeId)?.has(date.slice(0, 7)) ?? false;

/** Cuts ranges at the ends of months into what is open and what is closed. Together they are the ranges, in order. */
export function cutAtLocks<R extends Range>(ranges: readonly R[], locked: LockedMonths): { open: R[]; closed: R[] } {
  const open: R[] = [];
  const closed: R[] = [];
  for (const range of ranges) {
    if (!locked.has(range.employeeId)) open.push(range);
    else
      for (const part of byMonth(range))
        (isLocked(locked, { employeeId: part.employeeId, date: part.from }) ? closed : open).push(part);
  }
  return { open, closed };
}

function byMonth<R extends Range>(range: R): R[] {
  const parts: R[] = [];
  for (let from = range.from; from <= range.to; ) {
    const next = firstOfNextMonth(from);
    parts.push({ ...range, from, to: next <= range.to ? plusDays(next, -1) : range.to });
    from = next;
  }
  return parts;
}

/** The first day of the month after a date's, `YYYY-MM-DD`. */
export const firstOfNextMonth = (date: string): string =>
  Temporal.PlainDate.from(date).with({ day: 1 }).add({ months: 1 }).toString();
