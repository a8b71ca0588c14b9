import type { EventActor } from '@muster/contracts';
import { insertOutbox, newEvent, type Tx } from '@muster/db';
import { type Person, snapshotOf } from '../../domain/person.ts';
import { savePerson } from '../../sql/save-person.ts';

/** Soft-deletes a locked, active person, with its event: auth disables the login when it arrives. */
export async function markDeleted(tx: Tx, before: Person, by: { actor: EventActor; at: string }): Promise<Person> {
  const after: Person = {
    ...before,
    state: 'deleted',
    version: before.version + 1,
    updatedAt: by.at,
    deletedAt: by.at,
  };
  await savePerson(tx, after);
  await insertOutbox(tx, [
    newEvent('employee.employee-deleted.v1', {
      version: after.version,
      occurredAt: by.at,
      actor: by.actor,
      employeeId: after.id,
      before: snapshotOf(before),
      after: snapshotOf(after),
    }),
  ]);
  return after;
}
