import type { SiteHolidayLists } from '@muster/contracts/http/attendance-holidays';
import type { Db, Tx } from '@muster/db';

/** Which lists a site had and will have, in order. */
export async function selectSiteHolidayLists(sql: Db, siteId: string): Promise<SiteHolidayLists['data']> {
  return sql<SiteHolidayLists['data']>`
    select s.from_date as from, s.list_id as "listId", l.name
    from site_holiday_lists s left join holiday_lists l on l.id = s.list_id
    where s.site_id = ${siteId} order by s.from_date`;
}

/** Gives a site a list (null: none) from a date on. Returns the version of that choice; undefined where it stood so already. */
export async function assignSiteHolidayList(
  tx: Tx,
  a: { siteId: string; from: string; listId: string | null },
): Promise<number | undefined> {
  const [row] = await tx<{ version: number }[]>`
    insert into site_holiday_lists as s (site_id, from_date, list_id) values (${a.siteId}, ${a.from}, ${a.listId})
    on conflict (site_id, from_date) do update set list_id = excluded.list_id, version = s.version + 1
    where s.list_id is distinct from excluded.list_id
    returning version`;
  return row?.version;
}

/** Takes a choice back. Returns its version after that; undefined where there was none. */
export async function unassignSiteHolidayList(tx: Tx, siteId: string, from: string): Promise<number | undefined> {
  const [row] = await tx<{ version: number }[]>`
    delete from site_holiday_lists where site_id = ${siteId} and from_date = ${from} returning version + 1 as version`;
  return row?.version;
}
