import { createHash } from 'node:crypto';
import { systemActor } from '@muster/contracts';
import { insertOutbox, newEvent, type Tx, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { datesOfMonth } from '../../domain/timesheets/month.ts';
import { payrollFile } from '../../domain/timesheets/payroll.ts';
import { passMonthGate } from '../../sql/corrections/month-gate.ts';
import { dropClose, finishClose, moveClose, type StoredClose, takeClose } from '../../sql/timesheets/month-closes.ts';
import { insertSnapshots } from '../../sql/timesheets/snapshots.ts';
import { sumLockedPeople } from '../../sql/timesheets/sum-people.ts';
import { leaveNamer } from './leave-namer.ts';
import { payrollRows } from './payroll-rows.ts';

const batch = 1000;

/**
 * Writes totals of the next people of a close that is under way (of these locks, or of any), in a transaction of its own; behind the last it
 * seals the close. A process that dies loses one batch, which another one writes again. False: there is none to go on with.
 */
export async function advanceClose(
  deps: Pick<Deps, 'sql' | 'clock' | 'relay'>,
  lockIds: readonly string[] | null = null,
): Promise<boolean> {
  const sealed = await withTransaction(deps.sql, async (tx) => {
    // Nobody opens the month meanwhile.
    await passMonthGate(tx);
    const close = await takeClose(tx, lockIds);
    if (!close) return undefined;
    if (!close.standing) {
      await dropClose(tx, close.lockId);
      return false;
    }
    const page = { after: close.afterId, limit: batch };
    const people = await sumLockedPeople(tx, close.lockId, datesOfMonth(close.month), page);
    // Types of leave by the names they have now: a close does not change when they do.
    await insertSnapshots(tx, close.lockId, people.map(await leaveNamer(tx)));
    const overtimeAwaiting = people.reduce((sum, { sums }) => sum + sums.overtimeAwaiting, 0);
    const more = { people: people.length, overtimeAwaiting };
    await moveClose(tx, close.lockId, people.at(-1)?.employeeId ?? close.afterId, more);
    if (people.length === batch) return false;
    await seal(tx, deps, close);
    return true;
  });
  if (sealed) deps.relay.wake();
  return sealed !== undefined;
}

async function seal(tx: Tx, { clock }: Pick<Deps, 'clock'>, close: StoredClose): Promise<void> {
  const hash = createHash('sha256');
  for await (const text of payrollFile(payrollRows(tx, [close]))) hash.update(text);
  const at = new Date(clock.now().epochMilliseconds);
  const { lockId, siteId, month, version, people, reason, sha256 } = await finishClose(
    tx,
    close.lockId,
    hash.digest('hex'),
    at,
  );
  const base = { version, occurredAt: at.toISOString(), actor: systemActor };
  await insertOutbox(tx, [
    newEvent('attendance.timesheets-closed.v1', {
      ...base,
      lockId,
      siteId,
      month,
      people,
      sha256: sha256 ?? '',
      closedBy: close.askedBy,
      reason,
    }),
  ]);
}
