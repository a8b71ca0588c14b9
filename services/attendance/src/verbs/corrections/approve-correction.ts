import type { Correction, DecisionBody } from '@muster/contracts/http/attendance-corrections';
import { withTransaction } from '@muster/db';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeRequest, factOf } from '../../domain/corrections/request.ts';
import { lockDaysOf } from '../../sql/lock-days-of.ts';
import { decide } from './decide.ts';
import { findDecidable } from './find-decidable.ts';
import { makeFact } from './make-fact.ts';
import { weighCorrection } from './weigh-correction.ts';

/**
 * Approves a pending correction: it becomes a fact, beside the one it corrects. Of several who decide at once one does, the others get
 * `conflict`. Throws `not_found`, `forbidden` about oneself, `conflict` also when the punch was corrected meanwhile, `month_locked`.
 */
export async function approveCorrection(
  deps: Deps,
  actor: Actor,
  id: string,
  { note }: DecisionBody,
): Promise<Correction> {
  const { employeeId } = await findDecidable(deps, actor, id);
  const approved = await withTransaction(deps.sql, async (tx) => {
    await lockDaysOf(tx, [employeeId]);
    const atMs = deps.clock.now().epochMilliseconds;
    const request = await decide(tx, { id, status: 'approved', by: actor.id, atMs, note: note ?? null });
    const weighed = await weighCorrection(tx, deps, employeeId, factOf(request, atMs));
    const changes = await makeFact(tx, deps, actor, { ...request, decidedAtMs: atMs }, weighed);
    return describeRequest(request, weighed.target, changes);
  });
  deps.relay.wake();
  return approved;
}
