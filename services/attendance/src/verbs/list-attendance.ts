import type { CursorPage } from '@muster/contracts';
import type { AttendanceListQuery, AttendanceSession } from '@muster/contracts/http/attendance';
import { type Actor, authorise, type Scope } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { describeSession } from '../domain/session.ts';
import { sessionIdRange } from '../domain/session-id.ts';
import { findDepartments } from '../sql/find-departments.ts';
import { type ListScope, listSessions } from '../sql/list-sessions.ts';

/**
 * Sessions the actor may see, newest first: all for hr and admin, for managers their own and
 * those of everybody below them, else their own.
 * Filters only narrow that; what is out of sight is simply not in the list.
 */
export async function listAttendance(
  deps: Deps,
  actor: Actor,
  query: AttendanceListQuery,
): Promise<CursorPage<AttendanceSession>> {
  const sight = sightOf(actor, authorise(actor, 'attendance.read'), query.employeeId);
  if (!sight) return { data: [], meta: { nextCursor: null } };
  const { department } = query;
  const scope =
    department === undefined ? sight : { ...sight, departments: await findDepartments(deps.sql, department) };
  const { lowest, beyond } = sessionIdRange(query.from, query.to);
  const { siteId, status, from, to, limit } = query;
  const cursor = query.cursor?.toLowerCase();
  const before = cursor !== undefined && cursor < beyond ? cursor : beyond;
  const found = await listSessions(deps.sql, scope, {
    siteId,
    status,
    from,
    to,
    lowest,
    beyond: before,
    limit: limit + 1,
  });
  const data = found.slice(0, limit).map(describeSession);
  return { data, meta: { nextCursor: found.length > limit ? (data.at(-1)?.id ?? null) : null } };
}

/** Undefined when the filter names somebody the actor may not see. */
function sightOf(actor: Actor, scope: Scope, employeeId: string | undefined): ListScope | undefined {
  if (scope === 'all') return { employeeId };
  if (scope === 'reports') return { employeeId, managerId: actor.id };
  if (employeeId !== undefined && employeeId.toLowerCase() !== actor.id) return undefined;
  return { employeeId: actor.id };
}
