import type { PersonSnapshot } from '@muster/contracts';
import { claimInbox, type Sql, withTransaction } from '@muster/db';
import { passMonthGate } from '../sql/corrections/month-gate.ts';
import { lockMonthsOfNewcomer } from '../sql/corrections/month-locks.ts';
import { lockPlaceOf } from '../sql/rosters/follow-places.ts';
import { queueHeadcountAt } from '../sql/rosters/headcount-queue.ts';
import { upsertPerson } from '../sql/upsert-person.ts';
import { followPlaces } from './rosters/follow-places.ts';

/** Keeps what an event (`id`) says of a person, once, unless something newer is known. Plans follow whoever moves. */
export async function projectPerson(
  sql: Sql,
  event: { id: string; version: number; employeeId: string; after: PersonSnapshot; occurredAt: string },
): Promise<void> {
  await withTransaction(sql, async (tx) => {
    const fresh = await claimInbox(tx, 'attendance', [event.id]);
    if (fresh.size === 0) return;
    await passMonthGate(tx);
    const before = await lockPlaceOf(tx, event.employeeId);
    await upsertPerson(tx, event.employeeId, event.version, event.after, event.occurredAt);
    // Somebody new is planned for nowhere yet; months that are closed at their site are closed for them, too.
    if (before === undefined) return lockMonthsOfNewcomer(tx, event.employeeId);
    const after = await lockPlaceOf(tx, event.employeeId);
    if (before === after) return;
    await followPlaces(tx, { employeeId: event.employeeId }, Date.now());
    await queueHeadcountAt(tx, [before, after]);
  });
}
