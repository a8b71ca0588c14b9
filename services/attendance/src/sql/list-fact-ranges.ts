import type { Db } from '@muster/db';
import type { DateRange } from './take-queued-days.ts';

/**
 * For a full rebuild: people after an id, in order, each with the dates that their facts reach (as the triggers queue them), those
 * that are planned as far as the daily look ahead came, and those that are stored. Dates that meet are one range; a person may have several.
 */
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
        union (select distinct employee_id from corrections where employee_id > ${afterId} order by employee_id limit ${limit})
        union (select distinct employee_id from attendance_days where employee_id > ${afterId} order by employee_id limit ${limit})
        union (select distinct employee_id from shift_assignments where employee_id > ${afterId} order by employee_id limit ${limit})
        union (select distinct employee_id from roster_days where employee_id > ${afterId} order by employee_id limit ${limit})
      ) as everybody order by employee_id limit ${limit}
    )
    select p.employee_id as "employeeId", lower(span) as from, upper(span) - 1 as to
    from people p, lateral (
      select unnest(range_agg(daterange(dates.low, dates.high, '[]'))) as span from (
        select local_date - 5 as low, local_date + 5 as high from punches where employee_id = p.employee_id
        union
        select (occurred_at at time zone 'UTC')::date - 6, (occurred_at at time zone 'UTC')::date + 6
        from corrections where employee_id = p.employee_id and occurred_at is not null
        union
        select date, date from attendance_days where employee_id = p.employee_id
        union
        select a.from_date - 1, least(a.to_date + 1, h.through) from shift_assignments a, roster_horizon h
        where a.employee_id = p.employee_id and a.from_date - 1 <= h.through
        union
        select d.date - 1, least(d.date + 1, h.through) from roster_days d, roster_horizon h
        where d.employee_id = p.employee_id and d.date - 1 <= h.through
      ) as dates
    ) as spans
    order by p.employee_id, span`;
}
