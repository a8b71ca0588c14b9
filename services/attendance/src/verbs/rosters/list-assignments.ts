import { type Page, toPage } from '@muster/contracts';
import type { AssignmentQuery, AssignmentView } from '@muster/contracts/http/attendance-rosters';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { listAssignments as selectAssignments } from '../../sql/rosters/assignments.ts';

/** Assignments of the people the actor may see, the latest first; filters only narrow that. */
export async function listAssignments(
  deps: Deps,
  actor: Actor,
  { page, limit, employeeId }: AssignmentQuery,
): Promise<Page<AssignmentView>> {
  const scope = authorise(actor, 'rosters.read');
  if (scope === 'own' && employeeId !== undefined && employeeId !== actor.id) return toPage([], 0, { page, limit });
  const { assignments, total } = await selectAssignments(deps.sql, {
    employeeId: scope === 'own' ? actor.id : employeeId,
    managerId: scope === 'reports' ? actor.id : undefined,
    limit,
    offset: (page - 1) * limit,
  });
  return toPage(assignments, total, { page, limit });
}
