import { systemActor } from '@muster/contracts';
import { insertOutbox, isUniqueViolation, newEvent, withTransaction } from '@muster/db';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { type Site, siteSnapshotOf } from '../domain/site.ts';
import { insertSite } from '../sql/insert-site.ts';

/**
 * Makes the site of those who register themselves, at every start and at most once. Later changes of the configured name
 * or zone change nothing: from then on the site is managed like any other.
 */
export async function seedDefaultSite(deps: Deps): Promise<void> {
  const { id, name, zone } = deps.defaultSite;
  try {
    await insertDefaultSite(deps, name);
  } catch (error) {
    if (!isUniqueViolation(error, 'sites_name_key')) throw error;
    // Another site took that name before this id was configured.
    await insertDefaultSite(deps, `${name} (${id.slice(0, 8)})`);
  }
  deps.relay.wake();
  deps.log.debug({ siteId: id, zone }, 'the default site is there');
}

async function insertDefaultSite(deps: Deps, name: string): Promise<void> {
  const { id, zone } = deps.defaultSite;
  const at = moment(deps.clock.now());
  const site: Site = { id, version: 1, name, zone, geofence: null, ipAllowList: [] };
  await withTransaction(deps.sql, async (tx) => {
    if (!(await insertSite(tx, site, at))) return;
    await insertOutbox(tx, [
      newEvent('employee.site-created.v1', {
        version: 1,
        occurredAt: at,
        actor: systemActor,
        siteId: id,
        after: siteSnapshotOf(site),
      }),
    ]);
  });
}
