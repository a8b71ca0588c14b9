import { AppError, matchVersion } from '@muster/contracts';
import { withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { mayTouchAdmin } from '../domain/may-touch-admin.ts';
import { moment } from '../domain/moment.ts';
import { countOtherAdmins } from '../sql/count-other-admins.ts';
import { lockPerson } from '../sql/lock-person.ts';
import { markDeleted } from './people/mark-deleted.ts';
import { noSuchEmployee } from './people/no-such-employee.ts';

/**
 * Soft-deletes a person; auth disables the login on the event. Deleting again changes nothing.
 * @throws AppError not_found, forbidden (an admin, by hr), conflict (oneself), last_admin, version_mismatch
 */
export async function deleteEmployee(deps: Deps, actor: Actor, id: string, ifMatch?: string): Promise<void> {
  authorise(actor, 'employees.delete');
  const by = { actor: toEventActor(actor), at: moment(deps.clock.now()) };
  await withTransaction(deps.sql, async (tx) => {
    const person = await lockPerson(tx, id);
    if (person === undefined) throw noSuchEmployee();
    if (person.state === 'deleted') return;
    matchVersion(ifMatch, person.version);
    mayTouchAdmin(actor, person);
    if (person.role === 'admin' && (await countOtherAdmins(tx, id)) === 0) {
      throw new AppError('last_admin', 'This is the last admin; make somebody else admin first.');
    }
    if (id === actor.id) throw new AppError('conflict', 'Nobody can delete themselves; ask another admin or hr.');
    await markDeleted(tx, person, by);
  });
  deps.relay.wake();
}
