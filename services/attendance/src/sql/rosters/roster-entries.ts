import type { Db, Tx } from '@muster/db';
import type { RosterDay } from './save-roster-days.ts';

/** What a draft says of a person's date; `shiftTypeIds` empty is a day off, null nothing of its own. */
export interface DraftEntry {
  employeeId: string;
  date: string;
  shiftTypeIds: readonly string[] | null;
}

/** Puts entries into a locked draft, each planned upon what is published of that day now. */
export async function putEntries(tx: Tx, rosterId: string, entries: readonly DraftEntry[]): Promise<void> {
  await tx`
    insert into roster_entries (roster_id, employee_id, date, shift_type_ids, base_version)
    select ${rosterId}, i."employeeId", i.date, i."shiftTypeIds", coalesce(d.version, 0)
    from json_to_recordset(${JSON.stringify(entries)}::text::json) as i ("employeeId" uuid, date date, "shiftTypeIds" uuid[])
    left join roster_days d on d.employee_id = i."employeeId" and d.date = i.date
    on conflict (roster_id, employee_id, date) do update
      set shift_type_ids = excluded.shift_type_ids, base_version = excluded.base_version`;
}

/** A page of what a roster says, in order of person and date; and how much it is in all. */
export async function listEntries(
  db: Db,
  rosterId: string,
  page: { limit: number; offset: number },
): Promise<{ entries: DraftEntry[]; total: number }> {
  const entries = await db<DraftEntry[]>`
    select employee_id as "employeeId", date, shift_type_ids as "shiftTypeIds" from roster_entries
    where roster_id = ${rosterId} order by employee_id, date limit ${page.limit} offset ${page.offset}`;
  const [count] = await db<[{ total: number }]>`
    select count(*)::int as total from roster_entries where roster_id = ${rosterId}`;
  return { entries, total: count.total };
}

/** Everybody a roster says something of, in order of id. */
export async function listRosterPeople(db: Db, rosterId: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select distinct employee_id as id from roster_entries where roster_id = ${rosterId} order by id`;
  return rows.map(({ id }) => id);
}

/** Every shift type a roster names. */
export async function listRosterShiftTypes(db: Db, rosterId: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select distinct unnest(shift_type_ids) as id from roster_entries where roster_id = ${rosterId}`;
  return rows.map(({ id }) => id);
}

/** What a roster says of these people, as days to publish. */
export async function listDaysToPublish(
  db: Db,
  roster: { id: string; siteId: string },
  zone: string,
  people: readonly string[],
): Promise<RosterDay[]> {
  return db<RosterDay[]>`
    select employee_id as "employeeId", date, ${roster.siteId}::text as "siteId", shift_type_ids as "shiftTypeIds",
      ${zone}::text as zone, base_version as "baseVersion"
    from roster_entries where roster_id = ${roster.id} and employee_id = any(${people as string[]}::uuid[])`;
}

/** Some of the days that were published by somebody else after the draft said something of them. */
export async function listStaleEntries(
  db: Db,
  rosterId: string,
  limit: number,
): Promise<{ employeeId: string; date: string }[]> {
  return db<{ employeeId: string; date: string }[]>`
    select e.employee_id as "employeeId", e.date from roster_entries e
    left join roster_days d on d.employee_id = e.employee_id and d.date = e.date
    where e.roster_id = ${rosterId} and e.base_version <> coalesce(d.version, 0)
    order by e.employee_id, e.date limit ${limit}`;
}
