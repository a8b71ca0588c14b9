import { AppError, type BoardFacts, type BoardState, boardStateAt, boardStates } from '@muster/contracts';
import type { LiveBoard, LiveQuery } from '@muster/contracts/http/attendance';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { plusDays, startOfDate } from '../../domain/days/wall-time.ts';
import { isoInstant } from '../../domain/instant.ts';
import { describeLivePerson } from '../../domain/live/describe-live-person.ts';
import { lowestSessionId } from '../../domain/session-id.ts';
import { findDepartments } from '../../sql/find-departments.ts';
import type { BoardRow } from '../../sql/live/board-row.ts';
import { findNames } from '../../sql/live/find-names.ts';
import { loadPeopleBoard } from '../../sql/live/load-people-board.ts';
import { readSiteBoard } from './read-site-board.ts';

/** Stays that began earlier belong to no shift of now. */
const longestMs = 40 * 3_600_000;

type Site = LiveBoard['sites'][number] & { dayFromMs: number; dayUntilMs: number };

/**
 * Who is where, now, at each site's own day: of a site for hr and admins, for managers everybody below them. Throws `invalid_input`
 * where hr names no site, since all of them at once is no board.
 */
export async function getLiveBoard(deps: Deps, actor: Actor, query: LiveQuery): Promise<LiveBoard> {
  const scope = authorise(actor, 'live.read');
  const { siteId, employeeId, department } = query;
  if (scope === 'all' && siteId === undefined && employeeId === undefined) {
    const errors = [{ field: 'siteId', message: 'is needed', in: 'query' as const }];
    throw new AppError('invalid_input', 'Say which site.', { errors });
  }
  const nowMs = deps.clock.now().epochMilliseconds;
  const departments = department === undefined ? undefined : await findDepartments(deps.sql, department);
  const lowest = lowestSessionId(nowMs - longestMs);
  const rows =
    scope === 'all' && siteId !== undefined && employeeId === undefined
      ? await readSiteBoard(deps, { siteId, departments, nowMs, lowestId: lowest })
      : await loadPeopleBoard(
          deps.sql,
          { siteId, employeeId, departments, managerId: scope === 'all' ? undefined : actor.id },
          nowMs,
          lowest,
        );
  const sites = new Map<string, Site>();
  const page = openPage(query);
  for (const row of rows) {
    const site = sites.get(row.siteId) ?? openSite(deps, row, nowMs);
    sites.set(row.siteId, site);
    const facts = factsOf(row, site);
    const state = boardStateAt(facts, nowMs);
    site.counts[state]++;
    if (query.state === undefined || state === query.state) page.offer(row, facts);
  }
  const { shown, nextCursor } = page.close();
  const names = await findNames(
    deps.sql,
    shown.map(({ row }) => row.id),
  );
  return {
    at: isoInstant(nowMs),
    sites: [...sites.values()].map(({ dayFromMs: _from, dayUntilMs: _until, ...site }) => site),
    data: shown.map(({ row: { id, siteId: at }, facts }) =>
      describeLivePerson({ id, name: names.get(id) ?? '', siteId: at }, facts, nowMs),
    ),
    meta: { nextCursor },
  };
}

/** Keeps what a page shows of people who come in order of id, which is the cursor. */
function openPage({ whole, cursor, limit }: LiveQuery) {
  const shown: { row: BoardRow; facts: BoardFacts }[] = [];
  let isLast = true;
  return {
    offer(row: BoardRow, facts: BoardFacts): void {
      if (whole !== 'true' && shown.length === limit) isLast = false;
      else if (whole === 'true' || cursor === undefined || row.id > cursor) shown.push({ row, facts });
    },
    close: () => ({ shown, nextCursor: isLast ? null : (shown.at(-1)?.row.id ?? null) }),
  };
}

function openSite({ localDay, defaultPlace }: Deps, { siteId, siteName, zone: known }: BoardRow, nowMs: number): Site {
  const zone = known ?? defaultPlace.zone;
  const { date } = localDay(nowMs, zone);
  const dayFromMs = startOfDate(date, zone);
  const dayUntilMs = startOfDate(plusDays(date, 1), zone);
  const counts = Object.fromEntries(boardStates.map((state) => [state, 0])) as Record<BoardState, number>;
  const day = { dayFrom: isoInstant(dayFromMs), dayUntil: isoInstant(dayUntilMs) };
  return { siteId, name: siteName ?? '', zone, date, ...day, counts, dayFromMs, dayUntilMs };
}

function factsOf({ plans, stays }: BoardRow, { dayFromMs, dayUntilMs }: Site): BoardFacts {
  const [only, ...more] = plans;
  // Thousands share a plan as the very same object: it is put into words once.
  if (only && more.length === 0) return { dayFromMs, dayUntilMs, shifts: only.shifts, leave: only.leave, stays };
  return {
    ...{ dayFromMs, dayUntilMs, stays },
    shifts: plans.flatMap(({ shifts }) => shifts).sort((a, b) => a.fromMs - b.fromMs),
    leave: plans.flatMap(({ leave }) => leave),
  };
}
