import type { Tx } from '@muster/db';
import type { PlannedQuarter, Span } from '../domain/planned-load.ts';

/** Who says how many people are expected: an administrator, or the roster. */
export type HeadcountSource = 'MANUAL' | 'ROSTER';

/** Puts `quarters` in the place of all of that source that begin in the span. Call it under the plan's lock. */
export async function replacePlannedHeadcount(
  tx: Tx,
  siteId: string,
  span: Span,
  quarters: readonly PlannedQuarter[],
  version: number,
  source: HeadcountSource,
): Promise<void> {
  await tx`
    delete from planned_headcount
    where site_id = ${siteId} and source = ${source} and starts_at >= ${new Date(span.fromMs)} and starts_at < ${new Date(span.toMs)}`;
  await tx`
    insert into planned_headcount (site_id, starts_at, check_ins, check_outs, source)
    select ${siteId}, to_timestamp(q.at / 1000), q.check_ins, q.check_outs, ${source}
    from unnest(${quarters.map(({ startsAtMs }) => startsAtMs)}::float8[], ${quarters.map(({ checkIns }) => checkIns)}::int[],
      ${quarters.map(({ checkOuts }) => checkOuts)}::int[]) as q (at, check_ins, check_outs)`;
  await tx`update headcount_plans set version = ${version} where site_id = ${siteId}`;
}
