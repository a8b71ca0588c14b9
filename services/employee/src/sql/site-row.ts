import type { Db } from '@muster/db';
import type { Site } from '../domain/site.ts';

export interface SiteRow {
  id: string;
  version: number;
  name: string;
  zone: string;
  latitude: number | null;
  longitude: number | null;
  radiusM: number | null;
  ipAllowList: string[];
}

export const siteColumns = (db: Db) => db`
  id, version, name, zone, latitude, longitude, radius_m as "radiusM", ip_allow_list as "ipAllowList"
`;

export function toSite({ latitude, longitude, radiusM, ...row }: SiteRow): Site {
  const fenced = latitude !== null && longitude !== null && radiusM !== null;
  return { ...row, geofence: fenced ? { latitude, longitude, radiusM } : null };
}
