import type { AssignmentView } from '@muster/contracts/http/attendance-rosters';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { visibleAssignment } from './assignment-view.ts';

/**
 * One assignment of somebody the actor may see.
 * @throws AppError not_found
 */
export async function getAssignment(deps: Deps, actor: Actor, id: string): Promise<AssignmentView> {
  return visibleAssignment(deps, actor, authorise(actor, 'rosters.read'), id);
}
