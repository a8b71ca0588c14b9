import { foldText } from '@muster/contracts';
import type { HolidayList } from '@muster/contracts/http/attendance-holidays';
import type { Db, Tx } from '@muster/db';

const columns = (sql: Db) => sql`id, name, weekly_off as "weeklyOff", version`;

/** Throws the unique violation `holiday_lists_name`. */
export async function insertHolidayList(tx: Tx, list: HolidayList): Promise<void> {
  await tx`
    insert into holiday_lists (id, name, name_key, weekly_off, version)
    values (${list.id}, ${list.name}, ${foldText(list.name)}, ${list.weeklyOff}, ${list.version})`;
}

export async function findHolidayList(sql: Db, id: string): Promise<HolidayList | undefined> {
  const [row] = await sql<HolidayList[]>`select ${columns(sql)} from holiday_lists where id = ${id}`;
  return row;
}

/** As {@link findHolidayList}, held until the transaction ends, so that changes of a list and of what it is used for take turns. */
export async function lockHolidayList(tx: Tx, id: string): Promise<HolidayList | undefined> {
  const [row] = await tx<HolidayList[]>`select ${columns(tx)} from holiday_lists where id = ${id} for update`;
  return row;
}

/** Saves a list that this transaction has locked. Throws the unique violation `holiday_lists_name`. */
export async function saveHolidayList(tx: Tx, list: HolidayList): Promise<void> {
  await tx`
    update holiday_lists set name = ${list.name}, name_key = ${foldText(list.name)}, weekly_off = ${list.weeklyOff},
      version = ${list.version}
    where id = ${list.id}`;
}

/** False while a site has it, now or at another time. */
export async function deleteHolidayList(tx: Tx, id: string): Promise<boolean> {
  const { count } = await tx`
    delete from holiday_lists where id = ${id} and not exists (select from site_holiday_lists where list_id = ${id})`;
  return count > 0;
}

/** Lists by name, and how many there are in all. */
export async function selectHolidayLists(
  sql: Db,
  page: { limit: number; offset: number },
): Promise<{ lists: HolidayList[]; total: number }> {
  const lists = await sql<HolidayList[]>`
    select ${columns(sql)} from holiday_lists order by name_key limit ${page.limit} offset ${page.offset}`;
  const [count] = await sql<[{ total: number }]>`select count(*)::int as total from holiday_lists`;
  return { lists: [...lists], total: count.total };
}
