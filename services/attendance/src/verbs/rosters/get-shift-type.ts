import type { ShiftTypeView } from '@muster/contracts/http/attendance-shifts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findShiftType } from '../../sql/rosters/shift-types.ts';
import { noSuchShiftType, shiftTypeView } from './shift-type-view.ts';

/**
 * One shift type, retired or not.
 * @throws AppError not_found
 */
export async function getShiftType(deps: Deps, actor: Actor, id: string): Promise<ShiftTypeView> {
  authorise(actor, 'shifts.read');
  const type = await findShiftType(deps.sql, id);
  if (!type) throw noSuchShiftType();
  return shiftTypeView(type);
}
