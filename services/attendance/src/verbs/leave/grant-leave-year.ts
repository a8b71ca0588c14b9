import type { EventActor } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { entitlementOf } from '../../domain/leave/entitlement.ts';
import type { StoredLeaveType } from '../../domain/leave/leave-type.ts';
import { lastDayOfLeaveYear } from '../../domain/leave/leave-year.ts';
import { insertLeaveEntries } from '../../sql/leave/leave-entries.ts';
import { selectUngranted } from '../../sql/leave/select-ungranted.ts';

const lowest = '00000000-0000-0000-0000-000000000000';

/**
 * Gives everybody who has none yet their entitlement of a leave year, a page of people a transaction; returns how many got one. Any
 * process may do it at any time and as often as it likes: the ledger holds one grant a person, type and leave year.
 */
export async function grantLeaveYear(
  deps: Pick<Deps, 'sql' | 'clock' | 'relay'>,
  type: StoredLeaveType,
  leaveYear: string,
  by: { actor: EventActor; actorId: string | null },
  pageSize = 1000,
): Promise<number> {
  const { id: typeId, entitlement } = type;
  if (entitlement === null) return 0;
  const yearEnd = lastDayOfLeaveYear(leaveYear);
  let granted = 0;
  for (let after = lowest; ; ) {
    const people = await selectUngranted(deps.sql, { typeId, leaveYear, yearEnd, after, limit: pageSize });
    const last = people.at(-1);
    if (!last) break;
    after = last.id;
    const atMs = deps.clock.now().epochMilliseconds;
    granted += await withTransaction(deps.sql, async (tx) => {
      const entries = people.map(({ id, hiredOn }) => ({
        ...{ employeeId: id, typeId, leaveYear, kind: 'ENTITLEMENT' as const },
        amount: entitlementOf(entitlement, leaveYear, hiredOn),
      }));
      const written = await insertLeaveEntries(tx, entries, { atMs, actorId: by.actorId });
      if (written.length === 0) return 0;
      const days = written.reduce((sum, { amount }) => sum + amount, 0) / 2;
      const said = { version: 0, occurredAt: isoInstant(atMs), actor: by.actor, typeId, leaveYear };
      await insertOutbox(tx, [newEvent('attendance.leave-granted.v1', { ...said, people: written.length, days })]);
      return written.length;
    });
  }
  if (granted > 0) deps.relay.wake();
  return granted;
}
