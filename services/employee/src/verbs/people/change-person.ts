import type { EventActor } from '@muster/contracts';
import { insertOutbox, newEvent, type Tx } from '@muster/db';
import { changedFields } from '../../domain/changed-fields.ts';
import { type Person, type PersonChange, snapshotOf } from '../../domain/person.ts';
import { savePerson } from '../../sql/save-person.ts';

type ChangeEvent = 'employee.employee-updated.v1' | 'employee.profile-updated.v1';

/** Saves a locked person with the change and its event. A change that changes nothing leaves version and outbox alone. */
export async function changePerson(
  tx: Tx,
  type: ChangeEvent,
  before: Person,
  change: PersonChange,
  by: { actor: EventActor; at: string },
): Promise<Person> {
  const fields = changedFields(before, change);
  if (fields.length === 0) return before;
  const after: Person = { ...before, ...change, version: before.version + 1, updatedAt: by.at };
  await savePerson(tx, after);
  await insertOutbox(tx, [
    newEvent(type, {
      version: after.version,
      occurredAt: by.at,
      actor: by.actor,
      employeeId: after.id,
      before: snapshotOf(before),
      after: snapshotOf(after),
      changedFields: fields,
    }),
  ]);
  return after;
}
