import { localDay } from '../local-day.ts';

/** The last local date of an employment that ended at this instant (Unix milliseconds); null: it goes on. */
export const lastDayOf = ({ leftAtMs, zone }: { leftAtMs: number | null; zone: string | null }): string | null =>
  leftAtMs === null ? null : localDay(leftAtMs, zone ?? 'UTC').date;
