import type { Tx } from '@muster/db';
import type { PlannedQuarter, Span } from '../domain/planned-load.ts';

/** Puts `quarters` in the place of all that begin in the span. Call it under the plan's lock. */
export async function replacePlannedHeadcount(
  tx: Tx,
  siteId: string,
  span: Span,
  quarters: readonly PlannedQuarter[],
  version: number,
): Promise<void> {
  await tx`
    delete from planned_headcount
    where site_id = ${siteId} and starts_at >= ${new Date(span.fromMs)} and starts_at < ${new Date(span.toMs)}`;
  await tx`
    insert into planned_headcount (site_id, starts_at, check_ins, check_outs)
    select ${siteId}, to_timestamp(q.at / 1000), q.check_ins, q.check_outs
    from unnest(${quarters.map(({ startsAtMs }) => startsAtMs)}::float8[], ${quarters.map(({ checkIns }) => checkIns)}::int[],
      ${quarters.map(({ checkOuts }) => checkOuts)}::int[]) as q (at, check_ins, check_outs)`;
  await tx`update headcount_plans set version = ${version} where site_id = ${siteId}`;
}
