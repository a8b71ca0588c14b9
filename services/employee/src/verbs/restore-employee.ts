import { AppError } from '@muster/contracts';
import type { FullEmployee } from '@muster/contracts/http/employee';
import { insertOutbox, newEvent, type Tx, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { fullView } from '../domain/employee-view.ts';
import { mayTouchAdmin } from '../domain/may-touch-admin.ts';
import { moment } from '../domain/moment.ts';
import { type Person, snapshotOf } from '../domain/person.ts';
import { lockPerson } from '../sql/lock-person.ts';
import { findLogin } from '../sql/logins.ts';
import { isErased } from '../sql/mark-erased-person.ts';
import { savePerson } from '../sql/save-person.ts';
import { noSuchEmployee } from './people/no-such-employee.ts';
import { restoredPlace } from './people/restored-place.ts';
import { takenError } from './people/taken-error.ts';

/**
 * Undoes a deletion; auth enables the login again on the event. Restoring somebody who is there changes nothing. Where the
 * old site or department is gone, the default site and no department take their place.
 * @throws AppError not_found, forbidden (an admin, by hr), email_taken, work_id_taken, conflict (the login was deleted)
 */
export async function restoreEmployee(deps: Deps, actor: Actor, id: string): Promise<FullEmployee> {
  authorise(actor, 'employees.restore');
  try {
    const person = await withTransaction(deps.sql, async (tx) => {
      const before = await lockPerson(tx, id);
      if (before === undefined) throw noSuchEmployee();
      if (before.state === 'active') return before;
      mayTouchAdmin(actor, before);
      if (await isErased(tx, id)) throw new AppError('conflict', 'This person was erased for good.');
      return restore(deps, tx, actor, before);
    });
    deps.relay.wake();
    return fullView(person);
  } catch (error) {
    throw takenError(error);
  }
}

async function restore(deps: Deps, tx: Tx, actor: Actor, before: Person): Promise<Person> {
  const login = await findLogin(tx, before.id);
  if (login?.deleted) {
    throw new AppError('conflict', 'The login of this person was deleted for good; create the person anew.');
  }
  const at = moment(deps.clock.now());
  const after: Person = {
    ...before,
    ...(await restoredPlace(tx, before, deps.defaultSite.id)),
    role: login?.role ?? before.role,
    state: 'active',
    version: before.version + 1,
    updatedAt: at,
    deletedAt: null,
  };
  await savePerson(tx, after);
  await insertOutbox(tx, [
    newEvent('employee.employee-restored.v1', {
      version: after.version,
      occurredAt: at,
      actor: toEventActor(actor),
      employeeId: after.id,
      before: snapshotOf(before),
      after: snapshotOf(after),
    }),
  ]);
  return after;
}
