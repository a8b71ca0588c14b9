import type { Deps } from '../../deps.ts';
import { startOfDate } from '../../domain/days/wall-time.ts';
import type { BoardRow, StoredPlan } from '../../sql/live/board-row.ts';
import { loadSitePeople } from '../../sql/live/load-site-people.ts';
import { loadSitePlans } from '../../sql/live/load-site-plans.ts';
import { loadSiteStays } from '../../sql/live/load-site-stays.ts';

export interface SiteBoardWanted {
  siteId: string;
  departments?: string[] | undefined;
  /** Unix milliseconds. */
  nowMs: number;
  lowestId: string;
}

/** Everybody of a site in order of id, with what counts now. Stays that ended before the day, and before all that is planned for now, are left out. */
export async function readSiteBoard(
  { sql, localDay, defaultPlace }: Pick<Deps, 'sql' | 'localDay' | 'defaultPlace'>,
  { siteId, departments, nowMs, lowestId }: SiteBoardWanted,
): Promise<BoardRow[]> {
  const [site, plans] = await Promise.all([
    loadSitePeople(sql, { siteId, departments }),
    loadSitePlans(sql, siteId, nowMs),
  ]);
  const { siteName, zone, ids, names } = site;
  const dayZone = zone ?? defaultPlace.zone;
  const dayFromMs = startOfDate(localDay(nowMs, dayZone).date, dayZone);
  const sinceMs = Math.min(dayFromMs, ...plans.map(({ fromMs }) => fromMs));
  const stays = await loadSiteStays(sql, { siteId, nowMs, sinceMs, lowestId });
  const planned = new Map<string, StoredPlan[]>();
  for (const { plan, employeeIds } of plans)
    for (const employeeId of employeeIds) {
      const known = planned.get(employeeId);
      if (known) known.push(plan);
      else planned.set(employeeId, [plan]);
    }
  return ids.map((id, at) => ({
    ...{ id, name: names[at] ?? '', siteId, siteName, zone },
    plans: planned.get(id) ?? [],
    stays: stays.get(id) ?? [],
  }));
}
