import type { GrantedLeave, GrantLeaveBody } from '@muster/contracts/http/attendance-leave';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { leaveYearOf } from '../../domain/leave/leave-year.ts';
import { findLeaveType } from '../../sql/leave/leave-types.ts';
import { grantLeaveYear } from './grant-leave-year.ts';
import { noSuchLeaveType } from './leave-errors.ts';

/** Grants the leave year that begins in `year` now, for instance long before the job would. Again it grants nobody. Throws `not_found`. */
export async function grantLeave(
  deps: Deps,
  actor: Actor,
  typeId: string,
  { year }: GrantLeaveBody,
): Promise<GrantedLeave> {
  authorise(actor, 'leave.manage');
  const type = await findLeaveType(deps.sql, typeId);
  if (!type?.active) throw noSuchLeaveType();
  const leaveYear = leaveYearOf(`${year}-12-31`, type.yearStartsIn);
  const by = { actor: toEventActor(actor), actorId: actor.id };
  return { people: await grantLeaveYear(deps, type, leaveYear, by) };
}
