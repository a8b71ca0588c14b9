import { z } from 'zod';
import { id } from '../ids.ts';

/** What happens to a punch that is not where it should be: nothing, it is marked for the manager, it is refused. */
export const enforcement = z.enum(['off', 'flag', 'refuse']);
export type Enforcement = z.infer<typeof enforcement>;

const settings = {
  /** Farther from the site's centre than its radius and the place's accuracy together. */
  geofence: enforcement,
  /** No place at all where there is a geofence. */
  missingPlace: enforcement,
  /** From an address outside the site's allow-list. */
  ipAllowList: enforcement,
  /** How long absences wait for a kiosk that has not told everything yet, in hours. */
  kioskLagHours: z.int().min(0).max(336),
} as const;

/** Body that sets how attendance is taken at a site, as a whole. Punches that were made offline are flagged, never refused. */
export const siteSettingsBody = z
  .strictObject(settings)
  .meta({ example: { geofence: 'refuse', missingPlace: 'flag', ipAllowList: 'off', kioskLagHours: 48 } });
export type SiteSettingsBody = z.output<typeof siteSettingsBody>;

/** `version` 0: nobody has set anything, the defaults hold. */
export const siteSettings = z.object({ siteId: id, ...settings, version: z.int() });
export type SiteSettings = z.infer<typeof siteSettings>;
