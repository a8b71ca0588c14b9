import { z } from 'zod';
import { atLeastOneField } from '../changes-something.ts';
import { id, localDate } from '../ids.ts';
import { pageOf } from '../paging.ts';
import { text } from '../text.ts';
import { workDate } from './attendance-days.ts';

const lowerId = id.toLowerCase();

/** Days of the week that are off, as ISO 8601 numbers them: 1 is Monday, 7 Sunday. */
const weeklyOff = z
  .array(z.int().min(1).max(7))
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'must not name a day twice')
  .meta({ example: [6, 7] });

export const createHolidayListBody = z
  .strictObject({ name: text(120), weeklyOff: weeklyOff.default([]) })
  .meta({ example: { name: 'Bavaria', weeklyOff: [6, 7] } });
export type CreateHolidayListBody = z.output<typeof createHolidayListBody>;

export const updateHolidayListBody = z
  .strictObject({ name: text(120).optional(), weeklyOff: weeklyOff.optional() })
  .refine(...atLeastOneField);
export type UpdateHolidayListBody = z.output<typeof updateHolidayListBody>;

export const holidayList = z.object({ id, name: z.string(), weeklyOff: z.array(z.int()), version: z.int() });
export type HolidayList = z.infer<typeof holidayList>;
export const holidayListPage = pageOf(holidayList);

const tooLong = 366 * 86_400_000;
export const holidaysQuery = z
  .strictObject({ from: workDate, to: workDate })
  .refine(({ from, to }) => from <= to, { message: 'must not lie before from', path: ['to'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= tooLong, {
    message: 'must lie within a year of from',
    path: ['to'],
  });
export type HolidaysQuery = z.output<typeof holidaysQuery>;

/** A day off: a public holiday of the list, or a day of the week that is off. */
export const holiday = z.object({
  date: localDate,
  name: z.string(),
  kind: z.enum(['PUBLIC', 'WEEKLY_OFF']),
  /** Who wrote it: a person, or the source the list was filled from. */
  origin: z.enum(['HAND', 'SOURCE', 'WEEKDAY']),
});
export type Holiday = z.infer<typeof holiday>;
export const holidaysAnswer = z.object({ data: z.array(holiday) });
export type HolidaysAnswer = z.infer<typeof holidaysAnswer>;

export const holidayParams = z.object({ id: lowerId, date: workDate });
export const putHolidayBody = z.strictObject({ name: text(200) }).meta({ example: { name: 'Works outing' } });
export type PutHolidayBody = z.output<typeof putHolidayBody>;

const region = text(20);
export const holidayTypes = ['public', 'bank', 'school', 'optional', 'observance'] as const;

/** POST /api/holidays/{id}/fill: takes the holidays of a country, state and region for whole years into the list. */
export const fillHolidaysBody = z
  .strictObject({
    country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 country code'),
    state: region.optional(),
    region: region.optional(),
    fromYear: z.int().min(2000).max(2099),
    toYear: z.int().min(2000).max(2099),
    types: z.array(z.enum(holidayTypes)).min(1).max(5).default(['public']),
    /** Of the names; the country's own by default. */
    language: z
      .string()
      .regex(/^[a-z]{2}$/, 'must be an ISO 639 language code')
      .optional(),
  })
  .refine(({ fromYear, toYear }) => fromYear <= toYear && toYear - fromYear < 10, {
    message: 'must lie within ten years from fromYear',
    path: ['toYear'],
  })
  .meta({ example: { country: 'DE', state: 'BY', fromYear: 2026, toYear: 2027 } });
export type FillHolidaysBody = z.output<typeof fillHolidaysBody>;

/** What filling did. `kept`: dates on which a person’s own change stands. */
export const filledHolidays = z.object({ added: z.int(), changed: z.int(), removed: z.int(), kept: z.int() });
export type FilledHolidays = z.infer<typeof filledHolidays>;

export const holidayPlacesQuery = z.strictObject({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166 country code')
    .optional(),
  state: region.optional(),
});
export type HolidayPlacesQuery = z.output<typeof holidayPlacesQuery>;
/** Countries, states of a country, or regions of a state, by the code that filling takes. */
export const holidayPlaces = z.object({ data: z.array(z.object({ code: z.string(), name: z.string() })) });
export type HolidayPlaces = z.infer<typeof holidayPlaces>;

export const siteParams = z.object({ siteId: lowerId });
export const siteListParams = z.object({ siteId: lowerId, date: workDate });
/** Null: from then on the site has no list. */
export const assignHolidayListBody = z.strictObject({ listId: lowerId.nullable() });
export type AssignHolidayListBody = z.output<typeof assignHolidayListBody>;
export const siteHolidayLists = z.object({
  data: z.array(z.object({ from: localDate, listId: id.nullable(), name: z.string().nullable() })),
});
export type SiteHolidayLists = z.infer<typeof siteHolidayLists>;
