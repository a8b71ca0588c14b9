import type { RosterView } from '@muster/contracts/http/attendance-rosters';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { rosterView, visibleRoster } from './roster-view.ts';

/**
 * One roster, a draft or published.
 * @throws AppError not_found
 */
export async function getDraft(deps: Deps, actor: Actor, id: string): Promise<RosterView> {
  return rosterView(await visibleRoster(deps, actor, authorise(actor, 'rosters.manage'), id));
}
