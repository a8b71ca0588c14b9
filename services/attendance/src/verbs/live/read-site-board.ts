import type { BoardStay } from '@muster/contracts';
import type { Deps } from '../../deps.ts';
import { startOfDate } from '../../domain/days/wall-time.ts';
import { StaysByPerson } from '../../domain/live/stays-by-person.ts';
import type { UuidIndex } from '../../domain/live/uuid-index.ts';
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
  return rowsOf(siteId, site, plansByPerson(plans, site.ids), new StaysByPerson(stays, site.ids, sinceMs));
}

function* rowsOf(
  siteId: string,
  site: SitePeople,
  plansOf: (at: number) => readonly StoredPlan[],
  stays: StaysByPerson,
): Iterable<BoardRow> {
  for (let at = 0; at < site.ids.size; at++) yield new SiteRow(siteId, site, at, plansOf(at), stays.of(at));
}

class SiteRow implements BoardRow {
  readonly siteId: string;
  readonly plans: readonly StoredPlan[];
  readonly stays: readonly BoardStay[];
  readonly #site: SitePeople;
  readonly #at: number;

  constructor(siteId: string, site: SitePeople, at: number, plans: readonly StoredPlan[], stays: readonly BoardStay[]) {
    this.siteId = siteId;
    this.#site = site;
    this.#at = at;
    this.plans = plans;
    this.stays = stays;
  }

  /** Put into words only for whoever is shown. */
  get id(): string {
    return this.#site.ids.at(this.#at);
  }
  get siteName(): string | null {
    return this.#site.siteName;
  }
  get zone(): string | null {
    return this.#site.zone;
  }
}

/** The plans of each person, by where they stand in the index. */
function plansByPerson(plans: readonly SitePlan[], people: UuidIndex): (at: number) => readonly StoredPlan[] {
  // One list for all who have the same plan and no other, and where each person's stands.
  const lists: (readonly StoredPlan[])[] = [[]];
  const of = new Int32Array(people.size);
  for (const { plan, employeeIds } of plans) {
    const alone = lists.push([plan]) - 1;
    employeeIds.each((view, offset) => {
      const at = people.indexOf(view, offset);
      if (at < 0) return;
      const known = of[at] ?? 0;
      of[at] = known === 0 ? alone : lists.push([...(lists[known] ?? []), plan]) - 1;
    });
  }
  return (at) => lists[of[at] ?? 0] ?? [];
}
