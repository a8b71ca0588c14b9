import type { Tx } from '@muster/db';
import type { StoredRequest } from '../../domain/leave/stored-request.ts';
import { freeLeaveDays } from '../../sql/leave/leave-days.ts';
import { insertLeaveEntries, sumOfRequest } from '../../sql/leave/leave-entries.ts';

/** Frees a locked request's days, and gives back to each leave year exactly what was taken. */
export async function giveBack(
  tx: Tx,
  { id, employeeId, typeId }: StoredRequest,
  by: { atMs: number; actorId: string },
): Promise<void> {
  await freeLeaveDays(tx, id);
  const taken = await sumOfRequest(tx, id);
  const entries = taken.map(({ leaveYear, amount }) => ({
    ...{ employeeId, typeId, leaveYear, requestId: id },
    kind: 'GIVEN_BACK' as const,
    amount: -amount,
  }));
  await insertLeaveEntries(tx, entries, by);
}
