import { AppError } from '@muster/contracts';
import { isUniqueViolation } from '@muster/db';
import type { Actor, Scope } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findAssignment, type StoredAssignment } from '../../sql/rosters/assignments.ts';
import { reaches } from '../reaches.ts';

export const noSuchAssignment = (): AppError => new AppError('not_found', 'There is no such assignment.');

/**
 * An assignment of somebody the scope takes in. Whose it is never changes, so a write asks before it locks.
 * @throws AppError not_found
 */
export async function visibleAssignment(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  scope: Scope,
  id: string,
): Promise<StoredAssignment> {
  const assignment = await findAssignment(deps.sql, id);
  if (!assignment || !(await reaches(deps, actor, scope, assignment.employeeId))) throw noSuchAssignment();
  return assignment;
}

/** The refusal of a second assignment in words; any other error as it is. */
export const alreadyAssigned = (error: unknown): unknown =>
  isUniqueViolation(error, 'shift_assignments_once')
    ? new AppError('conflict', 'The person has an assignment of this kind on one of these dates already.')
    : error;

/** What events carry of an assignment. */
export function assignmentSnapshot(a: StoredAssignment) {
  const { id: assignmentId, employeeId, kind, shiftTypeId, rotationId, from, to } = a;
  return { assignmentId, employeeId, kind, shiftTypeId, rotationId, from, to };
}
