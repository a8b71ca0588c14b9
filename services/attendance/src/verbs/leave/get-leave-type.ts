import type { LeaveType } from '@muster/contracts/http/attendance-leave';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeLeaveType } from '../../domain/leave/leave-type.ts';
import { findLeaveType } from '../../sql/leave/leave-types.ts';
import { noSuchLeaveType } from './leave-errors.ts';

/** One kind of leave. Throws `not_found`. */
export async function getLeaveType(deps: Pick<Deps, 'sql'>, actor: Actor, id: string): Promise<LeaveType> {
  authorise(actor, 'leave.read');
  const type = await findLeaveType(deps.sql, id);
  if (!type) throw noSuchLeaveType();
  return describeLeaveType(type);
}
