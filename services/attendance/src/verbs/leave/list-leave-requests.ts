import type { CursorPage } from '@muster/contracts';
import type { LeaveRequest, LeaveRequestsQuery } from '@muster/contracts/http/attendance-leave';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeRequest } from '../../domain/leave/describe-request.ts';
import { selectLeaveRequests } from '../../sql/leave/leave-requests.ts';

/** Requests the actor may see, newest first: all for hr, for managers their own and those of everybody below them, else their own. */
export async function listLeaveRequests(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  { cursor, limit, ...filter }: LeaveRequestsQuery,
): Promise<CursorPage<LeaveRequest>> {
  const scope = authorise(actor, 'leave.read');
  const none = { data: [], meta: { nextCursor: null } };
  if (scope === 'own' && filter.employeeId !== undefined && filter.employeeId !== actor.id) return none;
  const found = await selectLeaveRequests(deps.sql, {
    ...filter,
    ...(scope === 'own' && { employeeId: actor.id }),
    ...(scope === 'reports' && { managerId: actor.id }),
    before: cursor,
    limit: limit + 1,
  });
  const data = found.slice(0, limit).map(describeRequest);
  return { data, meta: { nextCursor: found.length > limit ? (data.at(-1)?.id ?? null) : null } };
}
