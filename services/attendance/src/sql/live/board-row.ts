import type { Db } from '@muster/db';

export interface BoardRow {
  id: string;
  name: string;
  siteId: string;
  siteName: string | null;
  zone: string | null;
  /** JSON of the stored plans of the dates that count now. */
  plans: string | null;
  /** JSON of `[session, check-in, check-out or null, on a break since or null]`, instants in Unix milliseconds. */
  stays: string | null;
}

/**
 * The stays of one group of rows of `attendance_sessions`, as {@link BoardRow.stays}. `date_part` counts in floating point, several times
 * as fast as `extract`, and exact for milliseconds.
 */
export const staysOf = (sql: Db) => sql`
  json_agg(json_build_array(id, date_part('epoch', check_in_at) * 1000, date_part('epoch', check_out_at) * 1000,
    date_part('epoch', break_since) * 1000))::text`;

/** Plans of several dates, as {@link BoardRow.plans}. */
export const plansOf = (sql: Db) => sql`'[' || string_agg(plan, ',') || ']'`;
