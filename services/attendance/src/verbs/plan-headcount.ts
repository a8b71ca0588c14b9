import { AppError } from '@muster/contracts';
import type { PlannedHeadcount, PlannedHeadcountBody } from '@muster/contracts/http/attendance';
import { type Db, insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { isoInstant } from '../domain/instant.ts';
import { expectedPunches, mergeQuarters, type PlannedQuarter, type Span } from '../domain/planned-load.ts';
import { zonedInstant } from '../domain/zoned-instant.ts';
import { findSite } from '../sql/find-site.ts';
import { listSitesHeadcount } from '../sql/list-planned-headcount.ts';
import { lockHeadcountPlan } from '../sql/lock-headcount-plan.ts';
import { replacePlannedHeadcount } from '../sql/replace-planned-headcount.ts';

/**
 * Replaces what is planned at a site between two instants. Saying the same again changes nothing and publishes nothing.
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
  const { zone, version } = await withTransaction(deps.sql, async (tx) => {
    const siteZone = await zoneOf(deps, tx, siteId);
    const before = await lockHeadcountPlan(tx, siteId);
    const there = await listSitesHeadcount(tx, span, siteId, 'MANUAL');
    if (isSame(there, quarters)) return { zone: siteZone, version: before };
    const after = before + 1;
    await replacePlannedHeadcount(tx, siteId, span, quarters, after, 'MANUAL');
    const at = isoInstant(deps.clock.now().epochMilliseconds);
    const base = { version: after, occurredAt: at, actor: toEventActor(actor), siteId };
    await insertOutbox(tx, [newEvent('attendance.headcount-planned.v1', { ...base, ...summary(span, quarters) })]);
    return { zone: siteZone, version: after };
  });
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

/** The default site may be planned for before its own event arrives, as people may clock in there. */
async function zoneOf({ defaultPlace }: Deps, sql: Db, siteId: string): Promise<string> {
  const site = await findSite(sql, siteId);
  if (site) return site.zone;
  if (siteId === defaultPlace.siteId) return defaultPlace.zone;
  throw new AppError('not_found', 'There is no such site.');
}

function isSame(there: readonly PlannedQuarter[], wanted: readonly PlannedQuarter[]): boolean {
  const text = (quarters: readonly PlannedQuarter[]): string =>
    quarters.map(({ startsAtMs, checkIns, checkOuts }) => `${startsAtMs} ${checkIns} ${checkOuts}`).join();
  return text(there) === text(wanted);
}

const summary = (span: Span, quarters: readonly PlannedQuarter[]) => ({
  from: isoInstant(span.fromMs),
  to: isoInstant(span.toMs),
  quarters: quarters.length,
  ...expectedPunches(quarters, span),
});
