import { AppError } from '@muster/contracts';
import type { SiteSettings, SiteSettingsBody } from '@muster/contracts/http/attendance';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { defaultSiteSettings } from '../../domain/sync/place-rules.ts';
import { findSite } from '../../sql/find-site.ts';
import { findSiteSettings, queueWaitingDays, saveSiteSettings } from '../../sql/sync/site-settings.ts';

/** Sets what a site does about punches that are not where they should be. The same again changes nothing. Throws `not_found`. */
export async function setSiteSettings(
  deps: Deps,
  actor: Actor,
  siteId: string,
  body: SiteSettingsBody,
): Promise<SiteSettings> {
  authorise(actor, 'rules.manage');
  const settings = await withTransaction(deps.sql, async (tx) => {
    if (!(await findSite(tx, siteId)) && siteId !== deps.defaultPlace.siteId)
      throw new AppError('not_found', 'There is no such site.');
    const there = await findSiteSettings(tx, siteId, true);
    const before = withoutVersion(there ?? { siteId, ...defaultSiteSettings, version: 0 });
    if (there && JSON.stringify(before) === JSON.stringify(withoutVersion({ siteId, ...body, version: 0 })))
      return there;
    const version = await saveSiteSettings(tx, siteId, body);
    const nowMs = deps.clock.now().epochMilliseconds;
    await queueWaitingDays(tx, siteId, nowMs);
    const data = { version, occurredAt: isoInstant(nowMs), actor: toEventActor(actor), siteId, before, after: body };
    await insertOutbox(tx, [newEvent('attendance.site-settings-changed.v1', data)]);
    return { siteId, ...body, version };
  });
  deps.relay.wake();
  return settings;
}

const withoutVersion = ({ geofence, missingPlace, ipAllowList, kioskLagHours }: SiteSettings): SiteSettingsBody => ({
  geofence,
  missingPlace,
  ipAllowList,
  kioskLagHours,
});
