import type { NamedDate } from './public-holidays.ts';

/** A date of a holiday list as it is stored. */
export interface StoredHoliday extends NamedDate {
  id: string;
  origin: 'HAND' | 'SOURCE';
  /** Taken out by a person. */
  removed: boolean;
}

export interface FillPlan {
  added: NamedDate[];
  /** Another name; the day off stays. */
  renamed: NamedDate[];
  removed: string[];
  /** Dates of the source on which a person’s own change stands. */
  kept: number;
}

/** What filling a list from a source does to what is stored for the same years: never anything to what a person wrote. */
export function planFill(stored: readonly StoredHoliday[], wanted: readonly NamedDate[]): FillPlan {
  const there = new Map(stored.map((one) => [one.date, one]));
  const dates = new Set(wanted.map(({ date }) => date));
  return {
    added: wanted.filter(({ date }) => !there.has(date)),
    renamed: wanted.filter(({ date, name }) => {
      const one = there.get(date);
      return one?.origin === 'SOURCE' && one.name !== name;
    }),
    removed: stored.filter(({ date, origin }) => origin === 'SOURCE' && !dates.has(date)).map(({ date }) => date),
    kept: wanted.filter(({ date }) => there.get(date)?.origin === 'HAND').length,
  };
}
