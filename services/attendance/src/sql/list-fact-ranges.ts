import type { Db } from '@muster/db';
import type { DateRange } from './take-queued-days.ts';

/** For a full rebuild: people after an id, in order, with the dates on which anything is or could be derived about them. */
export async function listFactRanges(sql: Db, afterId: string, limit: number): Promise<DateRange[]> {
  return sql<DateRange[]>`
    with recursive ids as (
      (select employee_id from punches where employee_id > ${afterId} order by employee_id limit 1)
      union all
      select (select employee_id from punches p where p.employee_id > ids.employee_id order by employee_id limit 1)
      from ids where ids.employee_id is not null
    ), punched as (select employee_id from ids where employee_id is not null limit ${limit}),
    people as (
      select employee_id from (
        select employee_id from punched
        union (select employee_id from corrections where employee_id > ${afterId} order by employee_id limit ${limit})
        union (select employee_id from attendance_days where employee_id > ${afterId} order by employee_id limit ${limit})
      ) as everybody order by employee_id limit ${limit}
    )
    select p.employee_id as "employeeId", min(spans.low) - 6 as from, max(spans.high) + 6 as to
    from people p, lateral (
      select min(local_date) as low, max(local_date) as high from punches where employee_id = p.employee_id
      union all
      select min((occurred_at at time zone 'UTC')::date), max((occurred_at at time zone 'UTC')::date)
      from corrections where employee_id = p.employee_id
      union all
      select min(date), max(date) from attendance_days where employee_id = p.employee_id
    ) as spans
    group by p.employee_id having min(spans.low) is not null order by p.employee_id`;
}
