import type { LeaveRequest } from '@muster/contracts/http/attendance-leave';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeRequest } from '../../domain/leave/describe-request.ts';
import { findRequestOfReach } from './find-request-of-reach.ts';

/** One leave request. Throws `not_found` for one the actor may not see. */
export async function getLeaveRequest(deps: Pick<Deps, 'sql'>, actor: Actor, id: string): Promise<LeaveRequest> {
  return describeRequest(await findRequestOfReach(deps, actor, 'leave.read', id));
}
