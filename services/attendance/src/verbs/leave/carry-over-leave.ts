import { systemActor } from '@muster/contracts';
import { insertOutbox, newEvent, type Tx, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { plusDays } from '../../domain/days/wall-time.ts';
import { isoInstant } from '../../domain/instant.ts';
import { carryOver } from '../../domain/leave/leave-account.ts';
import type { StoredLeaveType } from '../../domain/leave/leave-type.ts';
import { nextLeaveYear } from '../../domain/leave/leave-year.ts';
import { insertLeaveEntries, type NewEntry } from '../../sql/leave/leave-entries.ts';
import { selectUnsettledYears, sumCarriedIn, takeUnsettledBalances } from '../../sql/leave/year-turn.ts';

const lowest = '00000000-0000-0000-0000-000000000000';

/**
 * Moves what is left of leave years that are over on `today` into the next one, as far as the type allows, and lets the rest lapse.
 * Afterwards nothing is left to move, so it may run as often and wherever it likes; what is given back to an old year later moves
 * then. Returns the people.
 */
export async function carryOverLeave(
  deps: Pick<Deps, 'sql' | 'clock' | 'relay'>,
  type: StoredLeaveType,
  today: string,
  pageSize = 1000,
): Promise<number> {
  let people = 0;
  const latestStart = Temporal.PlainDate.from(today).subtract({ years: 1 }).toString();
  for (const leaveYear of await selectUnsettledYears(deps.sql, type.id, latestStart))
    for (let after: string | undefined = lowest; after !== undefined; ) {
      const page = { leaveYear, after, limit: pageSize };
      const moved: string[] = await withTransaction(deps.sql, (tx) => moveBalances(tx, deps, type, page));
      people += moved.length;
      after = moved.at(-1);
    }
  if (people > 0) deps.relay.wake();
  return people;
}

async function moveBalances(
  tx: Tx,
  { clock }: Pick<Deps, 'clock'>,
  { id: typeId, carryOverLimit, carryOverMonths }: StoredLeaveType,
  { leaveYear, after, limit }: { leaveYear: string; after: string; limit: number },
): Promise<string[]> {
  const balances = await takeUnsettledBalances(tx, { typeId, leaveYear, after, limit });
  if (balances.length === 0) return [];
  const next = nextLeaveYear(leaveYear);
  const ids = balances.map(({ employeeId }) => employeeId);
  const before = await sumCarriedIn(tx, typeId, next, ids);
  const goodUntil =
    carryOverMonths === null
      ? null
      : plusDays(Temporal.PlainDate.from(next).add({ months: carryOverMonths }).toString(), -1);
  const entries = balances.flatMap(({ employeeId, balance }): NewEntry[] => {
    const { carried, lapsed } = carryOver(balance, carryOverLimit, before.get(employeeId) ?? 0);
    const of = { employeeId, typeId, leaveYear };
    return [
      { ...of, kind: 'CARRIED_OUT' as const, amount: -carried },
      { ...of, kind: 'LAPSED' as const, amount: -lapsed },
      { ...of, leaveYear: next, kind: 'CARRIED_IN' as const, amount: carried, goodUntil },
    ].filter(({ amount }) => amount !== 0);
  });
  const atMs = clock.now().epochMilliseconds;
  await insertLeaveEntries(tx, entries, { atMs, actorId: null });
  const days = entries.filter(({ kind }) => kind === 'CARRIED_IN').reduce((sum, { amount }) => sum + amount, 0) / 2;
  const said = { version: 0, occurredAt: isoInstant(atMs), actor: systemActor, typeId, leaveYear };
  await insertOutbox(tx, [newEvent('attendance.leave-carried-over.v1', { ...said, people: balances.length, days })]);
  return ids;
}
