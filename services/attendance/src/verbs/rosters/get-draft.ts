import type { DraftView } from '@muster/contracts/http/attendance-rosters';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { draftView } from './draft-view.ts';
import { visibleRoster } from './roster-view.ts';

/**
 * One roster, a draft or published.
 * @throws AppError not_found
 */
export async function getDraft(deps: Deps, actor: Actor, id: string): Promise<DraftView> {
  const scope = authorise(actor, 'rosters.manage');
  return draftView(deps.sql, actor, scope, await visibleRoster(deps, actor, scope, id));
}
