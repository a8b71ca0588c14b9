import type { EventActor } from '@muster/contracts';
import { insertOutbox, newEvent, type Tx } from '@muster/db';
import type { Deps } from '../deps.ts';
import { isoInstant } from '../domain/instant.ts';
import { expectedPunches, type PlannedQuarter, type Span } from '../domain/planned-load.ts';
import { listSitesHeadcount } from '../sql/list-planned-headcount.ts';
import { lockHeadcountPlan } from '../sql/lock-headcount-plan.ts';
import { type HeadcountSource, replacePlannedHeadcount } from '../sql/replace-planned-headcount.ts';

export interface HeadcountPlan {
  siteId: string;
  span: Span;
  /** In order of time, a quarter once, none without anybody. */
  quarters: readonly PlannedQuarter[];
  source: HeadcountSource;
}

/**
 * Replaces what one source planned at a site in a span, and returns the version of the site's plan. The same again changes nothing and
 * publishes nothing; what another source planned stays.
 */
export async function replaceHeadcount(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  actor: EventActor,
  { siteId, span, quarters, source }: HeadcountPlan,
): Promise<number> {
  const before = await lockHeadcountPlan(tx, siteId);
  const there = await listSitesHeadcount(tx, span, siteId, source);
  if (isSame(there, quarters)) return before;
  const after = before + 1;
  await replacePlannedHeadcount(tx, siteId, span, quarters, after, source);
  const at = isoInstant(clock.now().epochMilliseconds);
  const base = { version: after, occurredAt: at, actor, siteId, source };
  await insertOutbox(tx, [newEvent('attendance.headcount-planned.v1', { ...base, ...summary(span, quarters) })]);
  return after;
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
