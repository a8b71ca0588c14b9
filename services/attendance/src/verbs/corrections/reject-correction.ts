import type { Correction, DecisionBody } from '@muster/contracts/http/attendance-corrections';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { endRequest } from './end-request.ts';
import { findDecidable } from './find-decidable.ts';

/** Rejects a pending correction. Throws `not_found`, `forbidden` about oneself, `conflict` when it does not wait any more. */
export async function rejectCorrection(
  deps: Deps,
  actor: Actor,
  id: string,
  { note }: DecisionBody,
): Promise<Correction> {
  await findDecidable(deps, actor, id);
  return endRequest(deps, actor, id, 'rejected', note ?? null);
}
