import type { Tx } from '@muster/db';

// A person's stored days and what lies close around them, as a rebuild derives them: nobody else's day is there to be wrong.
const storedDays = (tx: Tx) => tx`
  lateral (select min(date) - 6 as low, max(date) + 6 as high from attendance_days where employee_id = p.id) as stored`;

/** Dates of a list became days off, or are none any more: queues them for the people of the sites that have it on these dates. */
export async function queueHolidayDates(tx: Tx, listId: string, dates: readonly string[]): Promise<void> {
  if (dates.length === 0) return;
  await tx`
    with changed as (
      select d.date, a.site_id from unnest(${dates as string[]}::date[]) as d (date)
      cross join lateral (
        select distinct on (site_id) site_id, list_id from site_holiday_lists
        where from_date <= d.date order by site_id, from_date desc
      ) as a where a.list_id = ${listId}
    ), concerned as materialized (
      select p.id, p.site_id, stored.low, stored.high
      from people p cross join ${storedDays(tx)}
      where p.site_id in (select site_id from changed) and stored.low is not null
    )
    insert into day_queue (employee_id, from_date, to_date)
    select p.id, c.date, c.date from changed c
    join concerned p on p.site_id = c.site_id and c.date between p.low and p.high
    order by c.date, p.id`;
}

/** A site has another list from this date on, until it gets the next one. */
export async function queueSiteFrom(tx: Tx, siteId: string, from: string): Promise<void> {
  await tx`
    insert into day_queue (employee_id, from_date, to_date)
    select p.id, greatest(stored.low, ${from}::date), least(stored.high, next.from_date - 1)
    from people p
    left join (select min(from_date) as from_date from site_holiday_lists
      where site_id = ${siteId} and from_date > ${from}) as next on true
    cross join ${storedDays(tx)}
    where p.site_id = ${siteId} and greatest(stored.low, ${from}::date) <= least(stored.high, next.from_date - 1)
    order by p.id`;
}

/** The weekly days off of a list are others: all dates on which any site has it. */
export async function queueListDays(tx: Tx, listId: string): Promise<void> {
  await tx`
    with spans as (
      select site_id, list_id, from_date,
        lead(from_date) over (partition by site_id order by from_date) - 1 as to_date
      from site_holiday_lists
      where site_id in (select site_id from site_holiday_lists where list_id = ${listId})
    )
    insert into day_queue (employee_id, from_date, to_date)
    select p.id, greatest(stored.low, s.from_date), least(stored.high, s.to_date)
    from spans s join people p on p.site_id = s.site_id cross join ${storedDays(tx)}
    where s.list_id = ${listId} and greatest(stored.low, s.from_date) <= least(stored.high, s.to_date)
    order by p.id`;
}
