import type { Tx } from '@muster/db';

/** Up to which date days were queued because of the plan, locked: of several processes one looks ahead. */
export async function lockHorizon(tx: Tx): Promise<string> {
  const [row] = await tx<[{ through: string }]>`select through from roster_horizon for update`;
  return row.through;
}

/**
 * Queues the days between two dates of everybody who is planned for then, has leave, or whose site has a list of days off, and keeps how
 * far that was. Returns the people.
 */
export async function queueHorizon(tx: Tx, from: string, to: string): Promise<number> {
  const { count } = await tx`
    insert into day_queue (employee_id, from_date, to_date)
    select planned.employee_id, min(planned.from_date), max(planned.to_date) from (
      select employee_id, greatest(from_date, ${from}::date) as from_date,
        least(coalesce(to_date, ${to}::date), ${to}::date) as to_date
      from shift_assignments where from_date <= ${to}::date and (to_date is null or to_date >= ${from}::date)
      union all
      select employee_id, min(date), max(date) from roster_days where date between ${from}::date and ${to}::date
      group by employee_id
      union all
      select employee_id, min(date), max(date) from leave_days where approved and date between ${from}::date and ${to}::date
      group by employee_id
      union all
      select id, ${from}::date, ${to}::date from people
      where site_id in (select site_id from site_holiday_lists where list_id is not null)
    ) as planned
    join people p on p.id = planned.employee_id and p.status = 'active'
    group by planned.employee_id order by planned.employee_id`;
  await tx`update roster_horizon set through = ${to}`;
  return count;
}
