import type { PersonSnapshot } from '@muster/contracts';
import { claimInbox, type Sql, withTransaction } from '@muster/db';
import { upsertPerson } from '../sql/upsert-person.ts';

/** Keeps what an event (`id`) says of a person, once, unless something newer is known. */
export async function projectPerson(
  sql: Sql,
  event: { id: string; version: number; employeeId: string; after: PersonSnapshot; occurredAt: string },
): Promise<void> {
  await withTransaction(sql, async (tx) => {
    const fresh = await claimInbox(tx, 'attendance', [event.id]);
    if (fresh.size > 0) await upsertPerson(tx, event.employeeId, event.version, event.after, event.occurredAt);
  });
}
