import type { PlannedHeadcount, PlannedHeadcountBody } from '@muster/contracts/http/attendance';
import { withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { mergeQuarters } from '../domain/planned-load.ts';
import { zonedInstant } from '../domain/zoned-instant.ts';
import { replaceHeadcount } from './replace-headcount.ts';
import { zoneOfSite } from './zone-of-site.ts';

/**
 * Replaces what an administrator planned at a site between two instants. Saying the same again changes nothing and publishes nothing.
 * Throws `not_found` for a site nobody knows.
 */
export async function planHeadcount(deps: Deps, actor: Actor, body: PlannedHeadcountBody): Promise<PlannedHeadcount> {
  authorise(actor, 'scaling.plan');
  const { siteId } = body;
  const span = { fromMs: Date.parse(body.from), toMs: Date.parse(body.to) };
  const quarters = mergeQuarters(
    body.quarters
      .filter(({ checkIns, checkOuts }) => checkIns + checkOuts > 0)
      .map(({ startsAt, checkIns, checkOuts }) => ({ startsAtMs: Date.parse(startsAt), checkIns, checkOuts })),
  );
  const { zone, version } = await withTransaction(deps.sql, async (tx) => ({
    zone: await zoneOfSite(deps, tx, siteId),
    version: await replaceHeadcount(tx, deps, toEventActor(actor), { siteId, span, quarters, source: 'MANUAL' }),
  }));
  deps.relay.wake();
  return {
    siteId,
    zone,
    from: zonedInstant(span.fromMs, zone),
    to: zonedInstant(span.toMs, zone),
    quarters: quarters.map(({ startsAtMs, ...planned }) => ({ startsAt: zonedInstant(startsAtMs, zone), ...planned })),
    version,
  };
}
