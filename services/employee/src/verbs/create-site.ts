import type { CreateSiteBody, SiteView } from '@muster/contracts/http/employee';
import { insertOutbox, newEvent, withIdempotency } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import { v7 } from 'uuid';
import type { Deps } from '../deps.ts';
import { moment } from '../domain/moment.ts';
import { type Site, siteSnapshotOf } from '../domain/site.ts';
import { insertSite } from '../sql/insert-site.ts';
import { siteTakenError } from './sites/site-errors.ts';
import { siteView } from './sites/site-view.ts';

/**
 * Creates a site.
 * @throws AppError name_taken, idempotency_mismatch, request_in_progress
 */
export async function createSite(
  deps: Deps,
  actor: Actor,
  input: CreateSiteBody,
  idempotencyKey?: string,
): Promise<SiteView> {
  authorise(actor, 'sites.manage');
  const at = moment(deps.clock.now());
  const { name, zone, geofence = null, ipAllowList = [] } = input;
  const site: Site = { id: v7(), version: 1, name, zone, geofence, ipAllowList };
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/sites ${actor.id}`,
      key: idempotencyKey,
      request: input,
      run: async (tx) => {
        await insertSite(tx, site, at);
        await insertOutbox(tx, [
          newEvent('employee.site-created.v1', {
            version: 1,
            occurredAt: at,
            actor: toEventActor(actor),
            siteId: site.id,
            after: siteSnapshotOf(site),
          }),
        ]);
        return { status: 201, body: siteView(deps, actor, site) };
      },
    });
    deps.relay.wake();
    return answer.body as SiteView;
  } catch (error) {
    throw siteTakenError(error);
  }
}
