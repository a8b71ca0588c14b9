import { type Page, toPage } from '@muster/contracts';
import type { LeaveType } from '@muster/contracts/http/attendance-leave';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeLeaveType } from '../../domain/leave/leave-type.ts';
import { selectLeaveTypes } from '../../sql/leave/leave-types.ts';

/** Kinds of leave by name, inactive ones too. */
export async function listLeaveTypes(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  query: { page: number; limit: number },
): Promise<Page<LeaveType>> {
  authorise(actor, 'leave.read');
  const { page, limit } = query;
  const { types, total } = await selectLeaveTypes(deps.sql, { limit, offset: (page - 1) * limit });
  return toPage(types.map(describeLeaveType), total, query);
}
