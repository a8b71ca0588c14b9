import type { ScalingPlan } from '@muster/contracts/http/attendance';
import { mergeQuarters, type PlannedQuarter, peakPerSecond } from './planned-load.ts';
import { podSpan, podsFor, type ScalingSettings } from './pods-wanted.ts';
import { zonedInstant } from './zoned-instant.ts';

/** A quarter planned at one site. */
export interface PlannedAtSite extends PlannedQuarter {
  siteId: string;
  /** Null while the site's own event has not arrived. */
  name: string | null;
  zone: string | null;
}

/** The planned quarters as an operator reads them: all sites together in `zone`, each site in its own. */
export function describeQuarters(
  planned: readonly PlannedAtSite[],
  settings: ScalingSettings,
  zone: string,
): ScalingPlan['quarters'] {
  const sitesAt = Map.groupBy(planned, ({ startsAtMs }) => startsAtMs);
  return mergeQuarters(planned).map((quarter) => {
    const { startsAtMs, checkIns, checkOuts } = quarter;
    const rate = peakPerSecond(quarter, settings.peakFactor);
    return {
      startsAt: zonedInstant(startsAtMs, zone),
      checkIns,
      checkOuts,
      peakPerSecond: rate,
      ...podsFor(rate, settings),
      podsFrom: zonedInstant(podSpan(quarter, settings).fromMs, zone),
      sites: (sitesAt.get(startsAtMs) ?? []).map((one) => describeSite(one, zone)),
    };
  });
}

function describeSite(one: PlannedAtSite, fallbackZone: string): ScalingPlan['quarters'][number]['sites'][number] {
  const { siteId, name, startsAtMs, checkIns, checkOuts } = one;
  const zone = one.zone ?? fallbackZone;
  return { siteId, name, zone, startsAt: zonedInstant(startsAtMs, zone), checkIns, checkOuts };
}
