import type { Db } from '@muster/db';
import { bytesPerPart, PackedRecords } from '../../domain/live/packed-records.ts';
import { stayBytes } from '../../domain/live/stays-by-person.ts';
import { readParts } from './read-parts.ts';

/** Somebody who moved here so long ago has no session elsewhere that counts. */
const movedMs = 60 * 86_400_000;

export interface SiteStaysWanted {
  siteId: string;
  /** Unix milliseconds. */
  nowMs: number;
  /** Stays that ended before are left out. Unix milliseconds. */
  sinceMs: number;
  /** Where sessions begin that may belong to now: see `lowestSessionId`. */
  lowestId: string;
}

/**
 * The stays of everybody at a site: open ones however old, and of those from `lowestId` on what ended since; of people who moved here,
 * wherever they began. One stretch of an index each. `date_part` counts in floating point, several times as fast as `extract`, and exact
 * for milliseconds.
 */
export async function loadSiteStays(
  sql: Db,
  { siteId, nowMs, sinceMs, lowestId }: SiteStaysWanted,
): Promise<PackedRecords> {
  const columns = sql`a.id, a.employee_id, a.check_in_at, a.check_out_at, a.break_since`;
  const since = new Date(sinceMs);
  const parts: string[] = [];
  const query = sql<{ stays: string }[]>`
    with stays as materialized (
      select string_agg(uuid_send(employee_id) || uuid_send(id) || float8send(date_part('epoch', check_in_at) * 1000)
        || float8send(coalesce(date_part('epoch', check_out_at) * 1000, 'NaN'))
        || float8send(coalesce(date_part('epoch', break_since) * 1000, 'NaN')), '') as bytes
      from (
        select ${columns} from attendance_sessions a
        where a.site_id = ${siteId} and a.check_out_at is null
        union all
        select ${columns} from attendance_sessions a
        where a.site_id = ${siteId} and a.id >= ${lowestId} and a.check_out_at >= ${since}
        union all
        select ${columns} from people m join attendance_sessions a on a.employee_id = m.id
        where m.site_id = ${siteId} and m.moved_at > ${new Date(nowMs - movedMs)} and a.site_id <> ${siteId}
          and (a.check_out_at is null or (a.id >= ${lowestId} and a.check_out_at >= ${since}))
      ) as all_stays
    )
    select encode(substring(bytes from part for ${bytesPerPart}), 'hex') as stays
    from stays, generate_series(1, length(bytes), ${bytesPerPart}) as part order by part`;
  await readParts(query, ({ stays }) => parts.push(stays));
  return new PackedRecords(parts, stayBytes);
}
