import type { BoardStay } from '@muster/contracts';
import type { Db } from '@muster/db';

/** Lines of about a hundred characters. */
const perText = 500;

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
 * The stays of everybody at a site: open ones however old, and of those from `lowestId` on what ended since; of people who moved here, wherever they began. One stretch of an index each, some hundred in a text, of which a person's part is read when it is asked for: JSON asks for the
 * type of each value of each row anew where it is built, and whatever is longer than 128 KiB is old garbage at once.
 */
export async function loadSiteStays(
  sql: Db,
  { siteId, nowMs, sinceMs, lowestId }: SiteStaysWanted,
): Promise<(employeeId: string) => BoardStay[]> {
  const columns = sql`a.id, a.employee_id, a.check_in_at, a.check_out_at, a.break_since`;
  const since = new Date(sinceMs);
  const rows = await sql<{ lines: string }[]>`
    select string_agg(line, ';') as lines from (
      select employee_id::text || id::text || date_part('epoch', check_in_at) * 1000 || ','
        || coalesce((date_part('epoch', check_out_at) * 1000)::text, '') || ','
        || coalesce((date_part('epoch', break_since) * 1000)::text, '') as line, row_number() over () / ${perText} as part
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
      ) as stays
    ) as lines group by part`;
  return byPerson(rows.flatMap(({ lines }) => lines.split(';')));
}

/** Characters of a UUID. */
const idLength = 36;

/** Each line: person and session, then check-in, check-out or nothing, on a break since or nothing. */
function byPerson(lines: readonly string[]): (employeeId: string) => BoardStay[] {
  const of = new Map<string, string | string[]>();
  for (const line of lines) {
    const employeeId = line.slice(0, idLength);
    const known = of.get(employeeId);
    // Most have one.
    of.set(employeeId, known === undefined ? line : [known, line].flat());
  }
  return (employeeId) => {
    const found = of.get(employeeId) ?? [];
    return typeof found === 'string' ? [readStay(found)] : found.map(readStay);
  };
}

function readStay(line: string): BoardStay {
  const [from, to, breakSince] = line.slice(2 * idLength).split(',');
  return {
    id: line.slice(idLength, 2 * idLength),
    fromMs: Number(from),
    toMs: to ? Number(to) : null,
    breakSinceMs: breakSince ? Number(breakSince) : null,
    breakKnownMs: 0,
  };
}
