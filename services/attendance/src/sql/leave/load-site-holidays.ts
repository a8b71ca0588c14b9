import type { Db } from '@muster/db';
import type { HolidayOfList, ListInForce } from '../../domain/leave/days-off.ts';

export interface SiteHolidays {
  lists: ListInForce[];
  holidays: HolidayOfList[];
}

/** The lists that sites have between two dates, and what is in them; by site. */
export async function loadSiteHolidays(
  sql: Db,
  siteIds: readonly string[],
  from: string,
  to: string,
): Promise<Map<string, SiteHolidays>> {
  const lists = await sql<(ListInForce & { siteId: string })[]>`
    select site_id as "siteId", list_id as "listId", l.weekly_off as "weeklyOff",
      greatest(from_date, ${from}::date) as from, least(to_date, ${to}::date) as to
    from (
      select site_id, list_id, from_date, lead(from_date) over (partition by site_id order by from_date) - 1 as to_date
      from site_holiday_lists where site_id = any(${siteIds as string[]}::uuid[])
    ) as s join holiday_lists l on l.id = s.list_id
    where from_date <= ${to} and (to_date is null or to_date >= ${from})`;
  const listIds = [...new Set(lists.map(({ listId }) => listId))];
  const holidays =
    listIds.length === 0
      ? []
      : await sql<HolidayOfList[]>`
          select list_id as "listId", id, date, name from holidays
          where list_id = any(${listIds}::uuid[]) and date between ${from} and ${to} and not removed`;
  const ofList = Map.groupBy(holidays, ({ listId }) => listId);
  return new Map(
    [...Map.groupBy(lists, ({ siteId }) => siteId)].map(([siteId, own]) => [
      siteId,
      { lists: own, holidays: [...new Set(own.map(({ listId }) => listId))].flatMap((one) => ofList.get(one) ?? []) },
    ]),
  );
}
