import { AppError } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { siteSnapshotOf } from '../domain/site.ts';
import { deleteSiteRow, siteInUse } from '../sql/delete-site-row.ts';
import { lockSite } from '../sql/lock-site.ts';
import { noSuchSite } from './sites/site-errors.ts';

/**
 * Deletes a site where nobody works. The default site stays: whoever registers is put there.
 * @throws AppError not_found, in_use
 */
export async function deleteSite(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'sites.manage');
  const at = moment(deps.clock.now());
  await withTransaction(deps.sql, async (tx) => {
    const site = await lockSite(tx, id, 'update');
    if (site === undefined) throw noSuchSite();
    if (id === deps.defaultSite.id) throw new AppError('in_use', 'The default site cannot be deleted.');
    if (await siteInUse(tx, id)) throw new AppError('in_use', 'People work at this site; move them first.');
    await deleteSiteRow(tx, id, at);
    await insertOutbox(tx, [
      newEvent('employee.site-deleted.v1', {
        version: site.version + 1,
        occurredAt: at,
        actor: toEventActor(actor),
        siteId: id,
        before: siteSnapshotOf(site),
      }),
    ]);
  });
  deps.relay.wake();
}
