import type { Tx } from '@muster/db';
import type { LeaveHalf } from '../../domain/leave/count-leave.ts';
import { hasRoom } from '../../domain/leave/leave-account.ts';
import type { StoredLeaveType } from '../../domain/leave/leave-type.ts';
import { lockLeaveBalances, readLeaveAccounts } from '../../sql/leave/leave-accounts.ts';
import { insertLeaveEntries } from '../../sql/leave/leave-entries.ts';
import { beyondBalance } from './leave-errors.ts';

/**
 * Takes what a request costs from each leave year it touches. What was carried over and lapses before a day does not pay for that
 * day. Throws `leave_balance_exceeded`, or the check violation that is that.
 */
export async function chargeRequest(
  tx: Tx,
  request: { id: string; employeeId: string },
  type: StoredLeaveType,
  halves: readonly LeaveHalf[],
  by: { atMs: number; actorId: string },
): Promise<void> {
  const { employeeId } = request;
  const years = [
    ...Map.groupBy(
      halves.filter(({ charged }) => charged),
      ({ leaveYear }) => leaveYear,
    ),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  if (type.entitlement !== null && !type.mayGoNegative)
    for (const [leaveYear, ones] of years) {
      await lockLeaveBalances(tx, type.id, leaveYear, [employeeId]);
      const [account] = await readLeaveAccounts(tx, type.id, [{ employeeId, leaveYear }]);
      const dates = ones.map(({ date }) => date);
      // The request's own days are there already: they are asked for, not used before.
      const before = account && { ...account, usedInTime: account.usedInTime - inTime(dates, account.goodUntil) };
      if (!before || !hasRoom(before, dates)) throw beyondBalance();
    }
  const entries = years.map(([leaveYear, ones]) => ({
    employeeId,
    typeId: type.id,
    leaveYear,
    kind: 'TAKEN' as const,
    amount: -ones.length,
    requestId: request.id,
  }));
  await insertLeaveEntries(tx, entries, by);
}

const inTime = (dates: readonly string[], goodUntil: string | null): number =>
  goodUntil === null ? 0 : dates.filter((date) => date <= goodUntil).length;
