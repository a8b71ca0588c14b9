import type { EventActor } from '@muster/contracts';
import { insertOutbox, newEvent, type Tx } from '@muster/db';
import { snapshotOf } from '../../domain/person.ts';
import type { Department } from '../../sql/departments.ts';
import { touchDepartmentPeople } from '../../sql/touch-department-people.ts';

/**
 * After a rename: an event for everybody in the department. A consumer that joined the two kinds of event itself would go
 * wrong whenever they overtake each other, and a snapshot is to be whole.
 */
export async function tellDepartmentPeople(
  tx: Tx,
  former: Department,
  by: { actor: EventActor; at: string },
): Promise<void> {
  const people = await touchDepartmentPeople(tx, former.id, by.at);
  const events = people.map((person) =>
    newEvent('employee.employee-updated.v1', {
      version: person.version,
      occurredAt: by.at,
      actor: by.actor,
      employeeId: person.id,
      before: { ...snapshotOf(person), department: former.name },
      after: snapshotOf(person),
      changedFields: ['department'],
    }),
  );
  await insertOutbox(tx, events);
}
