import type { LeaveAdjustmentBody, LeaveEntry } from '@muster/contracts/http/attendance-leave';
import { insertOutbox, newEvent, withIdempotency } from '@muster/db';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { leaveYearOf } from '../../domain/leave/leave-year.ts';
import { insertLeaveEntries } from '../../sql/leave/leave-entries.ts';
import { lockLeaveType } from '../../sql/leave/leave-types.ts';
import { findLeavePerson } from './find-leave-person.ts';
import { leaveRefusal, noSuchLeaveType } from './leave-errors.ts';
import { saidBy } from './said-by.ts';

/**
 * Gives somebody days beyond the rules, or takes some, with a reason that stays in the ledger. Throws `not_found`,
 * `leave_balance_exceeded` where more would be taken than there is.
 */
export async function adjustLeave(
  deps: Deps,
  actor: Actor,
  body: LeaveAdjustmentBody,
  key: string | undefined,
): Promise<LeaveEntry> {
  authorise(actor, 'leave.manage');
  const { employeeId, typeId, days, note } = body;
  await findLeavePerson(deps, actor, 'leave.manage', employeeId);
  try {
    const answer = await withIdempotency({
      sql: deps.sql,
      scope: `POST /api/leave/adjustments ${actor.id}`,
      key,
      request: body,
      run: async (tx) => {
        const type = await lockLeaveType(tx, typeId, 'share');
        if (!type) throw noSuchLeaveType();
        const leaveYear = leaveYearOf(body.on, type.yearStartsIn);
        const atMs = deps.clock.now().epochMilliseconds;
        const entry = { employeeId, typeId, leaveYear, kind: 'ADJUSTMENT' as const, amount: days * 2, note };
        const [written] = await insertLeaveEntries(tx, [entry], { atMs, actorId: actor.id });
        const said = { ...saidBy(deps, actor, 1), employeeId, typeId, leaveYear, days, note };
        await insertOutbox(tx, [newEvent('attendance.leave-adjusted.v1', said)]);
        const { amount: _, ...rest } = entry;
        const view = { ...rest, id: written?.id ?? '', days, requestId: null, goodUntil: null, at: isoInstant(atMs) };
        return { status: 201, body: view satisfies LeaveEntry };
      },
    });
    deps.relay.wake();
    return answer.body as LeaveEntry;
  } catch (error) {
    throw leaveRefusal(error);
  }
}
