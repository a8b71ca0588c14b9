import type { Tx } from '@muster/db';
import type { DateRange } from '../take-queued-days.ts';

/**
 * Queues the days that another plan for these dates touches: a shift reaches one day beyond its own. Nothing after `through` is queued:
 * later days are when they come (`queue-horizon.ts`), so that an assignment without an end is not a row a day.
 */
export async function queuePlannedDays(tx: Tx, ranges: readonly DateRange[], through: string): Promise<void> {
  await tx`
    insert into day_queue (employee_id, from_date, to_date)
    select r.employee_id, r.from_date - 1, least(r.to_date + 1, ${through}::date)
    from unnest(${ranges.map(({ employeeId }) => employeeId)}::uuid[], ${ranges.map(({ from }) => from)}::date[],
      ${ranges.map(({ to }) => to)}::date[]) as r (employee_id, from_date, to_date)
    where r.from_date - 1 <= ${through}::date`;
}
