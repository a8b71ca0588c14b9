import type { CursorPage } from '@muster/contracts';
import type { OvertimeDecision, OvertimeQuery, WaitingOvertime } from '@muster/contracts/http/attendance-overtime';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { describeDecision, describeWaiting } from '../../domain/timesheets/describe-overtime.ts';
import { findDepartments } from '../../sql/find-departments.ts';
import { listDecisions } from '../../sql/timesheets/overtime-approvals.ts';
import { listWaitingOvertime } from '../../sql/timesheets/waiting-overtime.ts';
import { findReachable } from './find-reachable.ts';

/** Days whose overtime waits for approval, the latest first: everybody's for hr and admins, for managers those of whoever is below them. */
export async function listOvertime(
  deps: Deps,
  actor: Actor,
  query: OvertimeQuery,
): Promise<CursorPage<WaitingOvertime>> {
  const managerId = authorise(actor, 'overtime.approve') === 'all' ? undefined : actor.id;
  const { department, limit, cursor, ...filter } = query;
  const departments = department === undefined ? undefined : await findDepartments(deps.sql, department);
  const [date = '', employeeId = ''] = cursor?.split('_') ?? [];
  const before = cursor === undefined ? undefined : { date, employeeId };
  const found = await listWaitingOvertime(deps.sql, { ...filter, managerId, departments, before, limit: limit + 1 });
  const data = found.slice(0, limit).map(describeWaiting);
  const last = data.at(-1);
  return { data, meta: { nextCursor: found.length > limit && last ? `${last.date}_${last.employeeId}` : null } };
}

/** What was decided about a date's overtime, the latest first. Throws `not_found` for a person out of reach. */
export async function listOvertimeDecisions(
  deps: Deps,
  actor: Actor,
  employeeId: string,
  date: string,
): Promise<{ data: OvertimeDecision[] }> {
  await findReachable(deps, actor, authorise(actor, 'overtime.approve'), employeeId);
  return { data: (await listDecisions(deps.sql, employeeId, date)).map(describeDecision) };
}
