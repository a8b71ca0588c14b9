import type { BoardStay } from '@muster/contracts';
import type { Db } from '@muster/db';
import { boardStay, type StayTuple } from './board-row.ts';

/** Somebody who moved here so long ago has no session elsewhere that counts. */
const movedMs = 60 * 86_400_000;

export interface SiteStaysWanted {
  siteId: string;
  /** Unix milliseconds. */
  nowMs: number;
  /** Where sessions begin that may belong to now: see `lowestSessionId`. */
  lowestId: string;
}

/**
 * The stays of everybody at a site: open ones however old, and those from `lowestId` on; of people who moved here, wherever they began. One stretch of an index each, and one text for all: it is put together by hand, since `json_build_array` asks for the type of
 * each value of each row anew.
 */
export async function loadSiteStays(
  sql: Db,
  { siteId, nowMs, lowestId }: SiteStaysWanted,
): Promise<Map<string, BoardStay[]>> {
  const columns = sql`a.id, a.employee_id, a.check_in_at, a.check_out_at, a.break_since`;
  const [row] = await sql<[{ stays: string | null }]>`
    select '[' || string_agg('"' || employee_id || '","' || id || '",' || date_part('epoch', check_in_at) * 1000 || ','
      || coalesce((date_part('epoch', check_out_at) * 1000)::text, 'null') || ','
      || coalesce((date_part('epoch', break_since) * 1000)::text, 'null'), ',') || ']' as stays
    from (
      select ${columns} from attendance_sessions a
      where a.site_id = ${siteId} and a.check_out_at is null
      union all
      select ${columns} from attendance_sessions a
      where a.site_id = ${siteId} and a.id >= ${lowestId} and a.check_out_at is not null
      union all
      select ${columns} from people m join attendance_sessions a on a.employee_id = m.id
      where m.site_id = ${siteId} and m.moved_at > ${new Date(nowMs - movedMs)} and a.site_id <> ${siteId}
        and (a.check_out_at is null or a.id >= ${lowestId})
    ) as stays`;
  return byPerson(JSON.parse(row.stays ?? '[]') as FlatStays);
}

/** Person, session, check-in, check-out or null, on a break since or null; and so on. Unix milliseconds. */
type FlatStays = (string | number | null)[];

function byPerson(flat: FlatStays): Map<string, BoardStay[]> {
  const of = new Map<string, BoardStay[]>();
  for (let at = 0; at < flat.length; at += 5) {
    const [employeeId, ...tuple] = flat.slice(at, at + 5) as [string, ...StayTuple];
    const known = of.get(employeeId);
    if (known) known.push(boardStay(tuple));
    else of.set(employeeId, [boardStay(tuple)]);
  }
  return of;
}
