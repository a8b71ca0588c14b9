import type { HolidayDay } from '../domain/days/index.ts';
import { daysOff } from '../domain/leave/days-off.ts';
import { findSitesOf } from '../sql/leave/find-sites-of.ts';
import { loadSiteHolidays } from '../sql/leave/load-site-holidays.ts';
import type { Source } from './source.ts';

/** Public holidays and days of the week that are off, of the list that the person's site has on each date. */
export const holidaySource: Source<'holidays'> = async (db, ranges) => {
  const [first] = ranges;
  if (!first) return new Map();
  const sites = await findSitesOf(
    db,
    ranges.map(({ employeeId }) => employeeId),
  );
  const from = ranges.map((range) => range.from).toSorted()[0] ?? first.from;
  const to =
    ranges
      .map((range) => range.to)
      .toSorted()
      .at(-1) ?? first.to;
  const bySite = await loadSiteHolidays(db, [...new Set(sites.values())], from, to);
  // Worked out once a site: people of one site share their calendar.
  const calendars = new Map([...bySite].map(([site, { lists, holidays }]) => [site, daysOff(lists, holidays)]));
  return new Map(
    ranges.flatMap((range): [string, { holidays: HolidayDay[] }][] => {
      const calendar = calendars.get(sites.get(range.employeeId) ?? '');
      if (!calendar) return [];
      const holidays = calendar.filter(({ date }) => date >= range.from && date <= range.to);
      return [[range.employeeId, { holidays }]];
    }),
  );
};
