import type { SiteSnapshot } from '@muster/contracts';

/** Centre in degrees, radius in metres; radius 0 = switched off. */
export interface Geofence {
  latitude: number;
  longitude: number;
  radiusM: number;
}

/** A place of work as stored. */
export interface Site {
  id: string;
  version: number;
  name: string;
  zone: string;
  geofence: Geofence | null;
  ipAllowList: string[];
}

/** The site as events carry it: a fence that is switched off is no fence, so no consumer has to know that rule. */
export function siteSnapshotOf(site: Site): SiteSnapshot {
  return {
    name: site.name,
    zone: site.zone,
    geofence: site.geofence === null || site.geofence.radiusM === 0 ? null : site.geofence,
    ipAllowList: site.ipAllowList,
  };
}

/** The site after a change, one version on; the very same object when nothing would change. */
export function changeSite(
  site: Site,
  change: {
    name?: string | undefined;
    zone?: string | undefined;
    geofence?: Geofence | null | undefined;
    ipAllowList?: string[] | undefined;
  },
): Site {
  const { name = site.name, zone = site.zone, geofence = site.geofence, ipAllowList = site.ipAllowList } = change;
  const after = { ...site, name, zone, geofence, ipAllowList };
  return contentOf(after) === contentOf(site) ? site : { ...after, version: site.version + 1 };
}

const contentOf = ({ name, zone, geofence, ipAllowList }: Site): string =>
  JSON.stringify([name, zone, geofence && [geofence.latitude, geofence.longitude, geofence.radiusM], ipAllowList]);
