import type { EventActor } from '@muster/contracts';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { moment } from '../../domain/moment.ts';
import { type Person, snapshotOf } from '../../domain/person.ts';
import { lockPerson } from '../../sql/lock-person.ts';
import { findLogin } from '../../sql/logins.ts';
import { savePerson } from '../../sql/save-person.ts';

/**
 * Second half of a creation: the person becomes visible, with its event. Undefined when it was taken back meanwhile (this
 * request took so long that the sweep believed it dead).
 */
export async function activatePerson(deps: Deps, actor: EventActor, id: string): Promise<Person | undefined> {
  const at = moment(deps.clock.now());
  return withTransaction(deps.sql, async (tx) => {
    const pending = await lockPerson(tx, id, { pending: true });
    if (pending?.state !== 'pending') return undefined;
    // A change of role may have arrived while the person was not there yet to take it.
    const login = await findLogin(tx, id);
    const person: Person = { ...pending, state: 'active', role: login?.role ?? pending.role, updatedAt: at };
    await savePerson(tx, person);
    await insertOutbox(tx, [
      newEvent('employee.employee-created.v1', {
        version: person.version,
        occurredAt: at,
        actor,
        employeeId: id,
        after: snapshotOf(person),
      }),
    ]);
    return person;
  });
}
