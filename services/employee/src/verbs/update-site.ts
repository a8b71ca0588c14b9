import { matchVersion } from '@muster/contracts';
import type { SiteView, UpdateSiteBody } from '@muster/contracts/http/employee';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { changeSite, type Site, siteSnapshotOf } from '../domain/site.ts';
import { lockSite } from '../sql/lock-site.ts';
import { saveSite } from '../sql/save-site.ts';
import { noSuchSite, siteTakenError } from './sites/site-errors.ts';
import { siteView } from './sites/site-view.ts';

/**
 * Changes a site. One that changes nothing leaves version and outbox alone.
 * @throws AppError not_found, version_mismatch, name_taken
 */
export async function updateSite(
  deps: Deps,
  actor: Actor,
  id: string,
  change: UpdateSiteBody,
  ifMatch?: string,
): Promise<SiteView> {
  authorise(actor, 'sites.manage');
  const at = moment(deps.clock.now());
  try {
    const site = await withTransaction(deps.sql, async (tx): Promise<Site> => {
      const before = await lockSite(tx, id, 'update');
      if (before === undefined) throw noSuchSite();
      matchVersion(ifMatch, before.version);
      const after = changeSite(before, change);
      if (after === before) return before;
      await saveSite(tx, after, at);
      const base = { version: after.version, occurredAt: at, actor: toEventActor(actor), siteId: id };
      const snapshots = { before: siteSnapshotOf(before), after: siteSnapshotOf(after) };
      await insertOutbox(tx, [newEvent('employee.site-updated.v1', { ...base, ...snapshots })]);
      return after;
    });
    deps.relay.wake();
    return siteView(deps, actor, site);
  } catch (error) {
    throw siteTakenError(error);
  }
}
