import { type EventActor, erasedEmail, erasedPersonName } from '@muster/contracts';
import { erasePersonalData, insertOutbox, newEvent, type Tx } from '@muster/db';
import { type Person, snapshotOf } from '../../domain/person.ts';
import { exportPrefix } from '../../domain/personal-export.ts';
import { photoKeys } from '../../domain/photo-keys.ts';
import { markErasedPerson } from '../../sql/mark-erased-person.ts';
import { personalTables } from '../../sql/personal-data.ts';
import { dropGarbageAt, insertPhotoGarbage } from '../../sql/photo-garbage.ts';

/**
 * Erases a locked person in this service: deleted, without a name, photo and archives on their way out of the store. The
 * events tell every consumer, and nobody's name.
 */
export async function eraseHere(tx: Tx, person: Person, by: { actor: EventActor; at: string }): Promise<void> {
  if (person.photoVersion !== null) await insertPhotoGarbage(tx, photoKeys(person.id, person.photoVersion), by.at);
  await dropGarbageAt(tx, exportPrefix(person.id), by.at);
  await erasePersonalData(tx, personalTables, person.id);
  const version = person.version + 1;
  await markErasedPerson(tx, person.id, version, by.at);
  const common = { version, occurredAt: by.at, actor: by.actor, employeeId: person.id };
  const before = snapshotOf(nobody(person));
  const after = { ...before, status: 'deleted' as const };
  await insertOutbox(tx, [
    ...(person.state === 'active' ? [newEvent('employee.employee-deleted.v1', { ...common, before, after })] : []),
    newEvent('employee.person-erased.v1', common),
  ]);
}

const nobody = (person: Person): Person => ({
  ...person,
  email: erasedEmail(person.id),
  name: erasedPersonName,
  position: null,
  workId: null,
  department: null,
  managerId: null,
  hiredOn: null,
});
