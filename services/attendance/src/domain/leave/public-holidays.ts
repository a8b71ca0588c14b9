import { AppError } from '@muster/contracts';
import type { FillHolidaysBody, HolidayPlaces, HolidayPlacesQuery } from '@muster/contracts/http/attendance-holidays';
import Holidays from 'date-holidays';

export interface NamedDate {
  /** `YYYY-MM-DD` */
  date: string;
  name: string;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const calendar = new Holidays();

/**
 * The holidays of a place for whole years, in order, one a date: of several on one date the names are joined. What lasts less than a
 * whole day is left out. Throws `invalid_input` for a place that is not known.
 */
export function publicHolidays(wanted: FillHolidaysBody): NamedDate[] {
  const { country, state, region, fromYear, toYear, types, language } = wanted;
  checkPlace(country, state, region);
  const place = new Holidays(country, state ?? '', region ?? '');
  const names = new Map<string, Set<string>>();
  for (let year = fromYear; year <= toYear; year++)
    for (const { date, name, type, start, end } of place.getHolidays(year, language)) {
      if (!types.some((one) => one === type)) continue;
      // A day on which the clocks go forward is 23 hours long.
      const days = Math.floor((end.getTime() - start.getTime() + hourMs) / dayMs);
      const first = Temporal.PlainDate.from(date.slice(0, 10));
      for (let day = 0; day < days; day++) {
        const on = first.add({ days: day }).toString();
        names.set(on, (names.get(on) ?? new Set()).add(name));
      }
    }
  return [...names]
    .filter(([date]) => Number(date.slice(0, 4)) >= fromYear && Number(date.slice(0, 4)) <= toYear)
    .map(([date, all]) => ({ date, name: [...all].join(' / ').slice(0, 200) }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Countries, the states of a country, or the regions of a state. Throws `invalid_input` for a place that is not known. */
export function holidayPlacesIn({ country, state }: HolidayPlacesQuery): HolidayPlaces {
  if (country !== undefined) checkPlace(country, state, undefined);
  const places =
    country === undefined
      ? calendar.getCountries()
      : state === undefined
        ? calendar.getStates(country)
        : calendar.getRegions(country, state);
  return { data: Object.entries(places ?? {}).map(([code, name]) => ({ code, name })) };
}

function checkPlace(country: string, state: string | undefined, region: string | undefined): void {
  const knows = (places: Record<string, string> | undefined, code: string): boolean =>
    Object.hasOwn(places ?? {}, code);
  if (!knows(calendar.getCountries(), country)) throw unknown('country');
  if (state !== undefined && !knows(calendar.getStates(country), state)) throw unknown('state');
  if (region !== undefined && (state === undefined || !knows(calendar.getRegions(country, state), region)))
    throw unknown('region');
}

const unknown = (field: string): AppError =>
  new AppError('invalid_input', 'No holidays are known for this place.', {
    errors: [{ field, message: 'is not known', in: 'body' }],
  });
