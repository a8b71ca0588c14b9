import { z } from 'zod';
import { atLeastOneField } from '../changes-something.ts';
import { id, zone } from '../ids.ts';
import { pageOf } from '../paging.ts';
import { text } from '../text.ts';

const ipRange = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], 'must be an IP address or a CIDR range');
/** Centre in degrees, radius in metres; radius 0 switches the fence off. */
export const geofence = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  radiusM: z.int().min(0).max(100_000),
});

export const createSiteBody = z.strictObject({
  name: text(120),
  zone,
  geofence: geofence.nullish(),
  ipAllowList: z.array(ipRange).max(100).optional(),
});
export type CreateSiteBody = z.infer<typeof createSiteBody>;

export const updateSiteBody = z
  .strictObject({
    name: text(120).optional(),
    zone: zone.optional(),
    geofence: geofence.nullable().optional(),
    ipAllowList: z.array(ipRange).max(100).optional(),
  })
  .refine(...atLeastOneField);
export type UpdateSiteBody = z.infer<typeof updateSiteBody>;

export const siteView = z.object({
  id,
  name: z.string(),
  zone: z.string(),
  geofence: geofence.nullable(),
  /** Shown to admin and hr only. */
  ipAllowList: z.array(z.string()).optional(),
  isDefault: z.boolean(),
  version: z.int(),
});
export type SiteView = z.infer<typeof siteView>;
export const sitePage = pageOf(siteView);

export const departmentBody = z.strictObject({ name: text(120) });
export type DepartmentBody = z.infer<typeof departmentBody>;
export const departmentView = z.object({ id, name: z.string(), version: z.int() });
export type DepartmentView = z.infer<typeof departmentView>;
export const departmentPage = pageOf(departmentView);
