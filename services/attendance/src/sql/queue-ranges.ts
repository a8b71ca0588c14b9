import type { Tx } from '@muster/db';
import type { DateRange } from './take-queued-days.ts';

/** Queues dates to be derived again. */
export async function queueRanges(tx: Tx, ranges: readonly DateRange[]): Promise<void> {
  if (ranges.length === 0) return;
  await tx`
    insert into day_queue (employee_id, from_date, to_date)
    select distinct * from unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[],
      ${ranges.map(({ from }) => from)}::date[], ${ranges.map(({ to }) => to)}::date[])`;
}
