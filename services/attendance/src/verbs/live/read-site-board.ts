import type { BoardStay } from '@muster/contracts';
import type { Deps } from '../../deps.ts';
import { startOfDate } from '../../domain/days/wall-time.ts';
import type { BoardRow, StoredPlan } from '../../sql/live/board-row.ts';
import { loadSitePeople, type SitePeople } from '../../sql/live/load-site-people.ts';
import { loadSitePlans, type SitePlan } from '../../sql/live/load-site-plans.ts';
import { loadSiteStays } from '../../sql/live/load-site-stays.ts';

export interface SiteBoardWanted {
  siteId: string;
  departments?: string[] | undefined;
  /** Unix milliseconds. */
  nowMs: number;
  lowestId: string;
}

/** No local day is longer, not even where a clock goes back by more than an hour. */
const longestDayMs = 26 * 3_600_000;

/**
 * Everybody of a site in order of id, with what counts now, made one by one: what is kept of thousands is little. Stays that ended before
 * the day, and before all shifts that count now, are left out.
 */
export async function readSiteBoard(
  { sql, localDay, defaultPlace }: Pick<Deps, 'sql' | 'localDay' | 'defaultPlace'>,
  { siteId, departments, nowMs, lowestId }: SiteBoardWanted,
): Promise<Iterable<BoardRow>> {
  const staysSince = (sinceMs: number) => loadSiteStays(sql, { siteId, nowMs, sinceMs, lowestId });
  const recentMs = nowMs - longestDayMs;
  const [site, plans, recent] = await Promise.all([
    loadSitePeople(sql, { siteId, departments }),
    loadSitePlans(sql, siteId, nowMs),
    staysSince(recentMs),
  ]);
  const zone = site.zone ?? defaultPlace.zone;
  const dayFromMs = startOfDate(localDay(nowMs, zone).date, zone);
  const windows = plans.flatMap(({ plan }) => plan.shifts.map(({ windowFromMs }) => windowFromMs));
  const sinceMs = Math.min(dayFromMs, ...windows);
  // Only a shift of a whole day reaches so far back.
  const stays = sinceMs < recentMs ? await staysSince(sinceMs) : recent;
  const counts = ({ toMs }: BoardStay): boolean => toMs === null || toMs >= sinceMs;
  return rowsOf(siteId, site, plansByPerson(plans), (id) => stays(id).filter(counts));
}

function* rowsOf(
  siteId: string,
  { siteName, zone, ids, names }: SitePeople,
  plans: Map<string, readonly StoredPlan[]>,
  staysOf: (id: string) => readonly BoardStay[],
): Iterable<BoardRow> {
  for (const [at, id] of ids.entries())
    yield {
      id,
      name: names[at] ?? '',
      siteId,
      siteName,
      zone,
      plans: plans.get(id) ?? none,
      stays: staysOf(id),
    };
}

const none: readonly never[] = [];

function plansByPerson(plans: readonly SitePlan[]): Map<string, readonly StoredPlan[]> {
  const of = new Map<string, readonly StoredPlan[]>();
  for (const { plan, employeeIds } of plans) {
    // One list for all who have no other plan.
    const alone = [plan];
    for (const id of employeeIds) {
      const known = of.get(id);
      of.set(id, known ? [...known, plan] : alone);
    }
  }
  return of;
}
