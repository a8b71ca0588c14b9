import type { Tx } from '@muster/db';

/** What is to be published of a person's date. */
export interface RosterDay {
  employeeId: string;
  date: string;
  siteId: string;
  /** Empty: a day off. Null: nothing of its own any more. */
  shiftTypeIds: readonly string[] | null;
  /** IANA zone of wall times, where a shift type has none of its own. */
  zone: string;
  /** Version of the published day this was planned upon; 0: none. */
  baseVersion: number;
}

/** What says so: `originId` is the roster's, swap's, open shift's or import's id. */
export interface RosterOrigin {
  origin: 'ROSTER' | 'SWAP' | 'OPEN_SHIFT' | 'IMPORT';
  originId: string;
}

/**
 * Publishes days whose `baseVersion` is still the published one, each once, and returns how many: fewer than given means that somebody
 * else was first, and the caller rolls back. Rows are locked in order of person and date.
 */
export async function saveRosterDays(tx: Tx, days: readonly RosterDay[], o: RosterOrigin): Promise<number> {
  const rows = days.map(({ shiftTypeIds, ...day }) => ({ ...day, ids: shiftTypeIds && [...shiftTypeIds] }));
  const { count } = await tx`
    insert into roster_days as d (employee_id, date, site_id, shift_type_ids, zone, origin, origin_id, version)
    select i."employeeId", i.date, i."siteId", i.ids, i.zone, ${o.origin}, ${o.originId}, i."baseVersion" + 1
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as i ("employeeId" uuid, date date, "siteId" uuid, ids uuid[],
      zone text, "baseVersion" integer)
    -- Version 1 is a new row: one that should be there and is not was taken away by nobody, so this cannot happen to others.
    order by i."employeeId", i.date
    on conflict (employee_id, date) do update set site_id = excluded.site_id, shift_type_ids = excluded.shift_type_ids,
      zone = excluded.zone, origin = excluded.origin, origin_id = excluded.origin_id, version = excluded.version
    where d.version = excluded.version - 1`;
  return count;
}

/** Versions of published days, by `employeeId date`; one that was never published is missing. */
export async function findRosterDayVersions(
  tx: Tx,
  cells: readonly { employeeId: string; date: string }[],
): Promise<Map<string, number>> {
  const rows = await tx<{ employeeId: string; date: string; version: number }[]>`
    select d.employee_id as "employeeId", d.date, d.version
    from unnest(${cells.map(({ employeeId }) => employeeId)}::uuid[], ${cells.map(({ date }) => date)}::date[])
      as c (employee_id, date)
    join roster_days d on d.employee_id = c.employee_id and d.date = c.date`;
  return new Map(rows.map(({ employeeId, date, version }) => [`${employeeId} ${date}`, version]));
}
