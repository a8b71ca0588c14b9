import type { EventActor } from '@muster/contracts';
import type { Tx } from '@muster/db';
import { lockPersonByEmail } from '../../sql/lock-person-by-email.ts';
import { insertLoginRemoval } from '../../sql/login-removals.ts';
import { removePendingPerson } from '../../sql/remove-pending-person.ts';
import { markDeleted } from '../people/mark-deleted.ts';

/**
 * Auth owns e-mail addresses. When it gave one to a new login, whoever holds it here has none any more: a creation under way
 * has lost the race, and an older person's login was deleted by an event that is still on its way.
 */
export async function makeRoomForEmail(tx: Tx, email: string, by: { actor: EventActor; at: string }): Promise<void> {
  const holder = await lockPersonByEmail(tx, email);
  if (holder === undefined) return;
  if (holder.state === 'active') {
    await markDeleted(tx, holder, by);
    return;
  }
  await removePendingPerson(tx, holder.id);
  await insertLoginRemoval(tx, { userId: holder.id, email: null, reason: 'the address was registered', at: by.at });
}
