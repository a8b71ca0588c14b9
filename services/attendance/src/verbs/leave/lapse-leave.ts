import { systemActor } from '@muster/contracts';
import { insertOutbox, newEvent, type Tx, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { isoInstant } from '../../domain/instant.ts';
import { lapsing } from '../../domain/leave/leave-account.ts';
import { lockLeaveBalances, readLeaveAccounts } from '../../sql/leave/leave-accounts.ts';
import { insertLeaveEntries } from '../../sql/leave/leave-entries.ts';
import { selectCarriers, selectLapsedYears } from '../../sql/leave/year-turn.ts';

const lowest = '00000000-0000-0000-0000-000000000000';

interface Carriers {
  typeId: string;
  leaveYear: string;
  employeeIds: string[];
  today: string;
}

/**
 * Takes what was carried into a leave year and not used by its last day, which lies before `today`. Again it finds nothing, or what
 * was given back since. Returns the people.
 */
export async function lapseLeave(
  deps: Pick<Deps, 'sql' | 'clock' | 'relay'>,
  typeId: string,
  today: string,
  pageSize = 1000,
): Promise<number> {
  let people = 0;
  for (const leaveYear of await selectLapsedYears(deps.sql, typeId, today))
    for (let after: string | undefined = lowest; after !== undefined; ) {
      const ids: string[] = await selectCarriers(deps.sql, { typeId, leaveYear, after, limit: pageSize });
      const carriers = { typeId, leaveYear, employeeIds: ids, today };
      // Looked at without a lock first: as a rule there is nothing to take any more.
      const employeeIds = (await lapsingOf(deps.sql, carriers)).map((one) => one.employeeId);
      if (employeeIds.length > 0)
        people += await withTransaction(deps.sql, (tx) => take(tx, deps, { ...carriers, employeeIds }));
      after = ids.at(-1);
    }
  if (people > 0) deps.relay.wake();
  return people;
}

async function lapsingOf(sql: Deps['sql'] | Tx, { typeId, leaveYear, employeeIds, today }: Carriers) {
  const accounts = await readLeaveAccounts(
    sql,
    typeId,
    employeeIds.map((employeeId) => ({ employeeId, leaveYear })),
  );
  return accounts.filter((one) => one.goodUntil !== null && one.goodUntil < today && lapsing(one) > 0);
}

async function take(tx: Tx, { clock }: Pick<Deps, 'clock'>, carriers: Carriers): Promise<number> {
  const { typeId, leaveYear, employeeIds } = carriers;
  await lockLeaveBalances(tx, typeId, leaveYear, employeeIds);
  const entries = (await lapsingOf(tx, carriers)).map((account) => ({
    ...{ employeeId: account.employeeId, typeId, leaveYear, kind: 'LAPSED' as const },
    amount: -lapsing(account),
  }));
  if (entries.length === 0) return 0;
  const atMs = clock.now().epochMilliseconds;
  await insertLeaveEntries(tx, entries, { atMs, actorId: null });
  const days = -entries.reduce((sum, { amount }) => sum + amount, 0) / 2;
  const said = { version: 0, occurredAt: isoInstant(atMs), actor: systemActor, typeId, leaveYear };
  await insertOutbox(tx, [newEvent('attendance.leave-lapsed.v1', { ...said, people: entries.length, days })]);
  return entries.length;
}
