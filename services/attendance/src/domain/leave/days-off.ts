import type { HolidayDay } from '../days/index.ts';
import { datesBetween } from '../days/wall-time.ts';

/** A holiday list as it counts at a site between two dates, both included. */
export interface ListInForce {
  listId: string;
  from: string;
  to: string;
  /** ISO days of the week: 1 is Monday. */
  weeklyOff: readonly number[];
}

export interface HolidayOfList {
  listId: string;
  id: string;
  date: string;
  name: string;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** ISO day of the week: 1 is Monday. */
export const weekdayOf = (date: string): number => Temporal.PlainDate.from(date).dayOfWeek;

/** Days off in order of date, one a date: a public holiday on a weekly day off is a holiday. */
export function daysOff(lists: readonly ListInForce[], holidays: readonly HolidayOfList[]): HolidayDay[] {
  const named = new Map(holidays.map((one) => [`${one.listId} ${one.date}`, one]));
  return lists
    .flatMap(({ listId, from, to, weeklyOff }) =>
      datesBetween(from, to).flatMap((date): HolidayDay[] => {
        const holiday = named.get(`${listId} ${date}`);
        if (holiday) return [{ id: holiday.id, date, name: holiday.name, kind: 'PUBLIC' }];
        if (weeklyOff.length === 0) return [];
        const weekday = weekdayOf(date);
        if (!weeklyOff.includes(weekday)) return [];
        return [{ id: listId, date, name: weekdays[weekday - 1] ?? '', kind: 'WEEKLY_OFF' }];
      }),
    )
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}
