import { type Page, toPage } from '@muster/contracts';
import type { RosterEntry } from '@muster/contracts/http/attendance-rosters';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { listEntries } from '../../sql/rosters/roster-entries.ts';
import { visibleRoster } from './roster-view.ts';

/**
 * What a roster says, in order of person and date.
 * @throws AppError not_found
 */
export async function listDraftEntries(
  deps: Deps,
  actor: Actor,
  id: string,
  { page, limit }: { page: number; limit: number },
): Promise<Page<RosterEntry>> {
  await visibleRoster(deps, actor, authorise(actor, 'rosters.manage'), id);
  const { entries, total } = await listEntries(deps.sql, id, { limit, offset: (page - 1) * limit });
  const data = entries.map(({ shiftTypeIds, ...one }) => ({ ...one, shiftTypeIds: shiftTypeIds && [...shiftTypeIds] }));
  return toPage(data, total, { page, limit });
}
