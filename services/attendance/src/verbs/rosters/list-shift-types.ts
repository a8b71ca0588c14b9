import { type Page, toPage } from '@muster/contracts';
import type { ShiftTypeQuery, ShiftTypeView } from '@muster/contracts/http/attendance-shifts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { listShiftTypes as selectShiftTypes } from '../../sql/rosters/shift-types.ts';
import { shiftTypeView } from './shift-type-view.ts';

/** Shift types by name. */
export async function listShiftTypes(deps: Deps, actor: Actor, query: ShiftTypeQuery): Promise<Page<ShiftTypeView>> {
  authorise(actor, 'shifts.read');
  const { page, limit } = query;
  const offset = (page - 1) * limit;
  const { types, total } = await selectShiftTypes(deps.sql, { retired: query.retired === 'true', limit, offset });
  return toPage(types.map(shiftTypeView), total, { page, limit });
}
