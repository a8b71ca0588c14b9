import { AppError } from '@muster/contracts';
import type { Correction, DecisionBody } from '@muster/contracts/http/attendance-corrections';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findRequest } from '../../sql/corrections/requests.ts';
import { endRequest } from './end-request.ts';

/** Takes one's own pending correction back. Throws `not_found`, `conflict` when it does not wait any more. */
export async function withdrawCorrection(
  deps: Deps,
  actor: Actor,
  id: string,
  { note }: DecisionBody,
): Promise<Correction> {
  authorise(actor, 'corrections.ask');
  if ((await findRequest(deps.sql, id))?.employeeId !== actor.id)
    throw new AppError('not_found', 'There is no such correction.');
  return endRequest(deps, actor, id, 'withdrawn', note ?? null);
}
