import { AppError } from '@muster/contracts';
import { longestViewMs, type ScalingPlan, type ScalingPlanQuery } from '@muster/contracts/http/attendance';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { describeQuarters } from '../domain/describe-quarters.ts';
import { quarterMs, type Span } from '../domain/planned-load.ts';
import { planPods } from '../domain/pods-wanted.ts';
import { zonedInstant } from '../domain/zoned-instant.ts';
import { listPlannedHeadcount } from '../sql/list-planned-headcount.ts';
import { podsNow } from './pods-now.ts';

const dayMs = 24 * 60 * 60_000;

/** What is expected and how many pods are wanted when; from now on for a day by default. */
export async function getScalingPlan(deps: Deps, actor: Actor, query: ScalingPlanQuery): Promise<ScalingPlan> {
  authorise(actor, 'scaling.read');
  const { scaling, defaultPlace } = deps;
  const nowMs = deps.clock.now().epochMilliseconds;
  const span = spanOf(query, nowMs);
  // A quarter is wanted ahead of its time: those that begin soon after the end count already.
  const counted = { fromMs: span.fromMs - quarterMs, toMs: span.toMs + scaling.leadMs };
  const [planned, now] = [await listPlannedHeadcount(deps.sql, counted), await podsNow(deps)];
  const shown = planned.filter(({ startsAtMs }) => startsAtMs + quarterMs > span.fromMs && startsAtMs < span.toMs);
  const at = (ms: number): string => zonedInstant(ms, defaultPlace.zone);
  const { leadMs, ...settings } = scaling;
  return {
    zone: defaultPlace.zone,
    from: at(span.fromMs),
    to: at(span.toMs),
    settings: { ...settings, leadSeconds: leadMs / 1000 },
    now: { at: at(nowMs), ...now },
    quarters: describeQuarters(shown, scaling, defaultPlace.zone),
    steps: planPods(planned, span, scaling).map(({ fromMs, ...wanted }) => ({ from: at(fromMs), ...wanted })),
  };
}

/** One end may be missing, so only here both are known. */
function spanOf({ from, to }: ScalingPlanQuery, nowMs: number): Span {
  const fromMs = from === undefined ? nowMs : Date.parse(from);
  const toMs = to === undefined ? fromMs + dayMs : Date.parse(to);
  if (toMs <= fromMs || toMs - fromMs > longestViewMs)
    throw new AppError('invalid_input', 'Some fields are not acceptable.', {
      errors: [{ field: 'to', message: 'must lie after from (now by default), within 7 days of it', in: 'query' }],
    });
  return { fromMs, toMs };
}
