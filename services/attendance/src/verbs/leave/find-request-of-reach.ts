import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import type { StoredRequest } from '../../domain/leave/stored-request.ts';
import { findLeaveRequest } from '../../sql/leave/leave-requests.ts';
import { findLeavePerson } from './find-leave-person.ts';
import { noSuchLeaveRequest } from './leave-errors.ts';

/** A request of somebody whom the actor's permission takes in. Throws `not_found` for every other. */
export async function findRequestOfReach(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  action: 'leave.read' | 'leave.decide',
  id: string,
): Promise<StoredRequest> {
  const request = await findLeaveRequest(deps.sql, id);
  // Asked for a stranger's or for nothing, the permission is checked first all the same.
  const person = await findLeavePerson(deps, actor, action, request?.employeeId).catch((error) => {
    throw error.code === 'not_found' ? noSuchLeaveRequest() : error;
  });
  if (!request || person.id !== request.employeeId) throw noSuchLeaveRequest();
  return request;
}
