import { AppError } from '@muster/contracts';
import type { Correction } from '@muster/contracts/http/attendance-corrections';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeChange } from '../../domain/corrections/day-changes.ts';
import { factOf } from '../../domain/corrections/request.ts';
import { findRequest } from '../../sql/corrections/requests.ts';
import { reaches } from '../reaches.ts';
import { showRequest } from './show-request.ts';
import { weighCorrection } from './weigh-correction.ts';

/** One correction, with the days it changed; of a pending one with those it would change now. Throws `not_found`. */
export async function getCorrection(deps: Deps, actor: Actor, id: string): Promise<Correction> {
  const scope = authorise(actor, 'corrections.read');
  const request = await findRequest(deps.sql, id);
  if (!request || !(await reaches(deps, actor, scope, request.employeeId)))
    throw new AppError('not_found', 'There is no such correction.');
  const shown = await showRequest(deps, request);
  if (request.status !== 'pending') return shown;
  try {
    const fact = factOf(request, deps.clock.now().epochMilliseconds);
    const { changes } = await weighCorrection(deps.sql, deps, request.employeeId, fact);
    return { ...shown, changes: changes.map(describeChange) };
  } catch (error) {
    // It cannot be approved as things are: what it would change is nothing.
    if (error instanceof AppError) return shown;
    throw error;
  }
}
