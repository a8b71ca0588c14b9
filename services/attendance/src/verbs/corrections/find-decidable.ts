import { AppError } from '@muster/contracts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import type { StoredRequest } from '../../domain/corrections/request.ts';
import { findRequest } from '../../sql/corrections/requests.ts';
import { reaches } from '../reaches.ts';

/**
 * The request the actor may decide about. Throws `not_found` where it is out of sight, `forbidden` where it is about themselves: four
 * eyes, whatever the role.
 */
export async function findDecidable(deps: Pick<Deps, 'sql'>, actor: Actor, id: string): Promise<StoredRequest> {
  const scope = authorise(actor, 'corrections.decide');
  const request = await findRequest(deps.sql, id);
  if (!request || !(await reaches(deps, actor, scope, request.employeeId)))
    throw new AppError('not_found', 'There is no such correction.');
  if (request.employeeId === actor.id)
    throw new AppError('forbidden', 'Somebody else decides about your own attendance.');
  return request;
}
