import type { PunchFlag, SiteSettingsBody } from '@muster/contracts/http/attendance';

/** What a site asks of the place of a punch. */
export interface PlaceRules extends Omit<SiteSettingsBody, 'kioskLagHours'> {
  /** Null, or radius 0: no fence. */
  fence: { latitude: number; longitude: number; radiusM: number } | null;
  /** Addresses and CIDR ranges; empty: any. */
  addresses: readonly string[];
}

export const defaultSiteSettings: SiteSettingsBody = {
  geofence: 'flag',
  missingPlace: 'flag',
  ipAllowList: 'flag',
  kioskLagHours: 48,
};

/** Where a punch says it was made. */
export interface PunchPlace {
  latitude?: number | undefined;
  longitude?: number | undefined;
  /** Radius in metres within which the place is right. */
  accuracyM?: number | undefined;
  /** Whether it came from an address of the site's list. Undefined: that says nothing about the place. */
  fromSite?: boolean | undefined;
  /** Made at a kiosk of the site, which needs no place of its own. */
  atKiosk?: boolean;
}

/** What is wrong with a place: what to mark, and what to refuse. */
export interface PlaceFaults {
  flags: PunchFlag[];
  refused: 'outside_geofence' | 'ip_not_allowed' | null;
}

// The mean radius of the Earth, as the haversine formula wants it.
const earthM = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres between two places in degrees, on a sphere (haversine). */
export function distanceM(
  a: { latitude: number; longitude: number },
  b: { latitude: number; longitude: number },
): number {
  const half =
    Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(radians(a.latitude)) *
      Math.cos(radians(b.latitude)) *
      Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * earthM * Math.asin(Math.sqrt(Math.min(1, half)));
}

/** Judges a place by the rules of its site: outside is farther from the centre than radius and accuracy together. */
export function judgePlace(rules: PlaceRules, place: PunchPlace): PlaceFaults {
  const faults: PlaceFaults = { flags: [], refused: null };
  const { fence, geofence, missingPlace, ipAllowList } = rules;
  const { latitude, longitude, accuracyM = 0 } = place;
  const fault = (how: 'off' | 'flag' | 'refuse', flag: PunchFlag, code: 'outside_geofence' | 'ip_not_allowed') => {
    if (how !== 'off') faults.flags.push(flag);
    if (how === 'refuse') faults.refused ??= code;
  };
  if (fence && fence.radiusM > 0) {
    if (latitude === undefined || longitude === undefined) {
      if (!place.atKiosk) fault(missingPlace, 'NO_PLACE', 'outside_geofence');
    } else if (distanceM(fence, { latitude, longitude }) > fence.radiusM + accuracyM)
      fault(geofence, 'OUTSIDE_GEOFENCE', 'outside_geofence');
  }
  if (place.fromSite === false) fault(ipAllowList, 'IP_NOT_ALLOWED', 'ip_not_allowed');
  return faults;
}
