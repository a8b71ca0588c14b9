import { plusDays } from '../days/wall-time.ts';

/** The first day of the leave year a date lies in; leave years begin on the first of a month (1 is January). */
export function leaveYearOf(date: string, startsIn: number): string {
  const year = Number(date.slice(0, 4)) - (Number(date.slice(5, 7)) < startsIn ? 1 : 0);
  return `${year}-${String(startsIn).padStart(2, '0')}-01`;
}

/** The first day of the leave year after the one that begins on this date. */
export const nextLeaveYear = (leaveYear: string): string =>
  Temporal.PlainDate.from(leaveYear).add({ years: 1 }).toString();

export const lastDayOfLeaveYear = (leaveYear: string): string => plusDays(nextLeaveYear(leaveYear), -1);
