import type { BoardFacts, BoardStay } from '@muster/contracts';
import type { Db } from '@muster/db';

/** What is stored of a person's plan for a date. */
export type StoredPlan = Pick<BoardFacts, 'shifts' | 'leave'>;

/** A person of a board, with the plans of the dates that count now and the stays that may. */
export interface BoardRow {
  id: string;
  name: string;
  siteId: string;
  siteName: string | null;
  zone: string | null;
  plans: readonly StoredPlan[];
  stays: readonly BoardStay[];
}

/** A stay as {@link staysOf} tells it: session, check-in, check-out or null, on a break since or null; Unix milliseconds. */
export type StayTuple = [id: string, fromMs: number, toMs: number | null, breakSinceMs: number | null];

/**
 * The stays of one group of rows of `attendance_sessions`: JSON of a list of {@link StayTuple}. `date_part` counts in floating point,
 * several times as fast as `extract`, and exact for milliseconds.
 */
export const staysOf = (sql: Db) => sql`
  json_agg(json_build_array(id, date_part('epoch', check_in_at) * 1000, date_part('epoch', check_out_at) * 1000,
    date_part('epoch', break_since) * 1000))::text`;

export const boardStay = ([id, fromMs, toMs, breakSinceMs]: StayTuple): BoardStay => ({
  id,
  fromMs,
  toMs,
  breakSinceMs,
  breakKnownMs: 0,
});
