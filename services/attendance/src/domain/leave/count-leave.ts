import type { HolidayDay, PlannedShift } from '../days/index.ts';
import { datesBetween, plusDays } from '../days/wall-time.ts';
import { weekdayOf } from './days-off.ts';
import { leaveYearOf } from './leave-year.ts';

/** What somebody asks for: from the first day, or its second half, to the last day, or its first half. */
export interface LeaveSpan {
  from: string;
  to: string;
  firstDay: 'FULL' | 'SECOND_HALF';
  lastDay: 'FULL' | 'FIRST_HALF';
}

/** What a person's days ask of them, as far as it is known. */
export interface WorkCalendar {
  shifts: readonly Pick<PlannedShift, 'date'>[];
  holidays: readonly Pick<HolidayDay, 'date'>[];
  /** Whether the person's site has a holiday list on a date: without one Saturdays and Sundays are off. */
  hasList: (date: string) => boolean;
}

/** Half a day of leave. */
export interface LeaveHalf {
  date: string;
  half: 1 | 2;
  leaveYear: string;
  /** Whether it costs half a day. */
  charged: boolean;
}

export interface CountingRule {
  counts: 'WORKING_DAYS' | 'CALENDAR_DAYS';
  yearStartsIn: number;
}

/**
 * The half days of a leave, and which of them cost something. Holidays and days off cost nothing; in a week (Monday to Sunday) for
 * which shifts are planned only days with a shift cost, in others every day that is not off. Calendar days all cost.
 */
export function countLeave(span: LeaveSpan, rule: CountingRule, calendar: WorkCalendar): LeaveHalf[] {
  const off = new Set(calendar.holidays.map(({ date }) => date));
  const planned = new Set(calendar.shifts.map(({ date }) => date));
  const plannedWeeks = new Set([...planned].map(mondayOf));
  const isWorked = (date: string): boolean => {
    if (off.has(date)) return false;
    if (plannedWeeks.has(mondayOf(date))) return planned.has(date);
    return calendar.hasList(date) || weekdayOf(date) <= 5;
  };
  return datesBetween(span.from, span.to).flatMap((date) => {
    const charged = rule.counts === 'CALENDAR_DAYS' || isWorked(date);
    const leaveYear = leaveYearOf(date, rule.yearStartsIn);
    return halvesOf(span, date).map((half) => ({ date, half, leaveYear, charged }));
  });
}

/** The Monday of a date's week. */
export const mondayOf = (date: string): string => plusDays(date, 1 - weekdayOf(date));

function halvesOf({ from, to, firstDay, lastDay }: LeaveSpan, date: string): (1 | 2)[] {
  const first = date === from && firstDay === 'SECOND_HALF' ? [] : [1 as const];
  const second = date === to && lastDay === 'FIRST_HALF' ? [] : [2 as const];
  return [...first, ...second];
}
