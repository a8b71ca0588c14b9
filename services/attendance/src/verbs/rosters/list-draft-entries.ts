import { type Page, toPage } from '@muster/contracts';
import type { RosterEntry } from '@muster/contracts/http/attendance-rosters';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findFullLeave } from '../../sql/leave/find-full-leave.ts';
import { listPlannable } from '../../sql/rosters/list-plannable.ts';
import { listEntries } from '../../sql/rosters/roster-entries.ts';
import { managerOf } from './plannable.ts';
import { visibleRoster } from './roster-view.ts';

/**
 * What a roster says, in order of person and date, and where it plans over leave.
 * @throws AppError not_found
 */
export async function listDraftEntries(
  deps: Deps,
  actor: Actor,
  id: string,
  { page, limit }: { page: number; limit: number },
): Promise<Page<RosterEntry>> {
  const scope = authorise(actor, 'rosters.manage');
  await visibleRoster(deps, actor, scope, id);
  const { entries, total } = await listEntries(deps.sql, id, { limit, offset: (page - 1) * limit });
  const ids = entries.map(({ employeeId }) => employeeId);
  const mine = await listPlannable(deps.sql, ids, managerOf(actor, scope));
  const worked = entries.filter(
    ({ employeeId, shiftTypeIds }) => mine.has(employeeId) && (shiftTypeIds ?? []).length > 0,
  );
  const away = await findFullLeave(
    deps.sql,
    worked.map(({ employeeId, date }) => ({ employeeId, from: date, to: date })),
  );
  const data = entries.map(({ shiftTypeIds, ...one }) => ({
    ...one,
    shiftTypeIds: shiftTypeIds && [...shiftTypeIds],
    onLeave: away.has(`${one.employeeId} ${one.date}`),
  }));
  return toPage(data, total, { page, limit });
}
