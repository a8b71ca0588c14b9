import type { Tx } from '@muster/db';

/** Dates of a person, both included. */
export interface DateRange {
  employeeId: string;
  from: string;
  to: string;
}

/**
 * Takes the oldest entries of the queue out of it. Of a person what meets becomes one range; dates in between, which nobody queued, stay
 * out: how facts are split over calls must not decide which days are stored. Entries another process has taken are passed over; when the
 * transaction ends otherwise they are there again.
 */
export async function takeQueuedDays(tx: Tx, limit: number): Promise<DateRange[]> {
  return tx<DateRange[]>`
    with taken as (
      delete from day_queue where seq in (
        select seq from day_queue order by seq limit ${limit} for update skip locked
      ) returning employee_id, from_date, to_date
    )
    select employee_id as "employeeId", lower(span) as from, upper(span) - 1 as to from (
      select employee_id, unnest(range_agg(daterange(from_date, to_date, '[]'))) as span from taken group by employee_id
    ) as spans order by employee_id, span`;
}
