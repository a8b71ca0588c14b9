import { type Page, toPage } from '@muster/contracts';
import type { DraftQuery, RosterView } from '@muster/contracts/http/attendance-rosters';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { listRosters } from '../../sql/rosters/rosters.ts';
import { managerOf } from './plannable.ts';
import { rosterView } from './roster-view.ts';

/** Rosters the actor planned, or somebody below them; all of them where the scope is `all`. The latest first. */
export async function listDrafts(deps: Deps, actor: Actor, query: DraftQuery): Promise<Page<RosterView>> {
  const managerId = managerOf(actor, authorise(actor, 'rosters.manage'));
  const { page, limit, siteId, status } = query;
  const offset = (page - 1) * limit;
  const { rosters, total } = await listRosters(deps.sql, { managerId, siteId, status, limit, offset });
  return toPage(rosters.map(rosterView), total, { page, limit });
}
