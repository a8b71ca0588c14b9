import type { Tx } from '@muster/db';

// Calendar days cost what they cost, whatever day they are.
const counting = (tx: Tx) => tx`
  join leave_requests r on r.id = d.request_id join leave_types t on t.id = r.type_id and t.counts = 'WORKING_DAYS'`;

/** Dates of a list became days off, or are none any more: leave then of the people whose sites have it is counted again. */
export async function queueRecountsOfDates(tx: Tx, listId: string, dates: readonly string[]): Promise<void> {
  if (dates.length === 0) return;
  await tx`
    with changed as materialized (
      select i.date, a.site_id from unnest(${dates as string[]}::date[]) as i (date)
      cross join lateral (
        select distinct on (site_id) site_id, list_id from site_holiday_lists
        where from_date <= i.date order by site_id, from_date desc
      ) as a where a.list_id = ${listId}
    )
    insert into leave_recounts (request_id, date)
    select distinct d.request_id, d.date from changed c
    join leave_days d on d.date = c.date join people p on p.id = d.employee_id and p.site_id = c.site_id ${counting(tx)}`;
}

/** A site has another list from this date on, until it gets the next one. */
export async function queueRecountsOfSite(tx: Tx, siteId: string, from: string): Promise<void> {
  await tx`
    insert into leave_recounts (request_id, date)
    select distinct d.request_id, d.date from people p join leave_days d on d.employee_id = p.id ${counting(tx)}
    where p.site_id = ${siteId} and d.date >= ${from} and d.date < coalesce((
      select min(from_date) from site_holiday_lists where site_id = ${siteId} and from_date > ${from}), 'infinity')`;
}

/** The weekly days off of a list are others: leave from a date on, of the sites that have it then. */
export async function queueRecountsOfList(tx: Tx, listId: string, from: string): Promise<void> {
  await tx`
    with spans as (
      select site_id, list_id, from_date, lead(from_date) over (partition by site_id order by from_date) as next_date
      from site_holiday_lists where site_id in (select site_id from site_holiday_lists where list_id = ${listId})
    )
    insert into leave_recounts (request_id, date)
    select distinct d.request_id, d.date from spans s
    join people p on p.site_id = s.site_id join leave_days d on d.employee_id = p.id ${counting(tx)}
    where s.list_id = ${listId} and d.date >= greatest(s.from_date, ${from}::date)
      and (s.next_date is null or d.date < s.next_date)`;
}
