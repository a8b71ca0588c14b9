import type { Db } from '@muster/db';
import type { DayContext } from '../day-sources.ts';
import type { DateRange } from '../sql/take-queued-days.ts';

/**
 * One part of what days are made of beside facts, for many people at once, by id: whoever it knows nothing about is missing. Whoever
 * changes what it answers queues the days it touches (`day_queue`) in the same transaction.
 */
export type Source<K extends keyof DayContext> = (
  db: Db,
  ranges: readonly DateRange[],
  nowMs: number,
) => Promise<Map<string, Pick<DayContext, K>>>;
