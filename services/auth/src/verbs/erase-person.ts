import { erasedEmail, erasedPersonName, type PersonalDataErasure, systemActor } from '@muster/contracts';
import { erasePersonalData, insertOutbox, scrubTransport, withTransaction } from '@muster/db';
import type { Deps } from '../deps.ts';
import { lockUser } from '../sql/find-user.ts';
import { personalTables } from '../sql/personal-data.ts';
import { insertWithdrawnLogin, lockLogin } from '../sql/withdrawn-logins.ts';
import { removeUser } from './shared/remove-user.ts';

/**
 * Erases a person's account: it is deleted with all that signs in to it, and its row tells nobody who it was. A request to open
 * it that is still on its way is refused. Safe to repeat.
 */
export async function erasePerson(deps: Deps, personId: string): Promise<PersonalDataErasure> {
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    await lockLogin(tx, personId);
    await insertWithdrawnLogin(tx, personId, now);
    const user = await lockUser(tx, personId);
    if (user !== undefined) {
      // The event of the deletion already tells of nobody.
      const nobody = { ...user, email: erasedEmail(personId), name: erasedPersonName };
      await insertOutbox(tx, await removeUser(tx, { user: nobody, actor: systemActor, reason: 'person-erased', now }));
    }
    await erasePersonalData(tx, personalTables, personId);
  });
  await scrubTransport(deps.sql, personId);
  deps.relay.wake();
  await deps.revocations.reload();
  return { done: true };
}
