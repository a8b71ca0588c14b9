import type { Tx } from '@muster/db';

/** Dates of a person, both included. */
export interface DateRange {
  employeeId: string;
  from: string;
  to: string;
}

/**
 * Takes the oldest entries of the queue out of it, a person's as one range. Entries another process has taken are passed over; when
 * the transaction ends otherwise they are there again.
 */
export async function takeQueuedDays(tx: Tx, limit: number): Promise<DateRange[]> {
  return tx<DateRange[]>`
    with taken as (
      delete from day_queue where seq in (
        select seq from day_queue order by seq limit ${limit} for update skip locked
      ) returning employee_id, from_date, to_date
    )
    select employee_id as "employeeId", min(from_date) as from, max(to_date) as to
    from taken group by employee_id order by employee_id`;
}
