import type { EventData } from '@muster/contracts';
import { claimInbox, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { moment } from '../../domain/moment.ts';
import { lockPerson } from '../../sql/lock-person.ts';
import { saveLogin } from '../../sql/logins.ts';
import { removePendingPerson } from '../../sql/remove-pending-person.ts';
import { markDeleted } from '../people/mark-deleted.ts';

/** An admin deleted the login at auth, for good: the person is deleted too and can no longer be restored. */
export async function followUserDeletion(deps: Deps, data: EventData<'auth.user-deleted.v1'>): Promise<void> {
  await withTransaction(deps.sql, async (tx) => {
    if (!(await claimInbox(tx, 'employee', [data.id])).has(data.id)) return;
    const at = moment(deps.clock.now());
    const { userId, version, before, actor } = data;
    await saveLogin(tx, { userId, version, role: before.role, deleted: true, at });
    const person = await lockPerson(tx, userId, { pending: true });
    if (person?.state === 'pending') await removePendingPerson(tx, userId);
    if (person?.state === 'active') await markDeleted(tx, person, { actor, at });
  });
  deps.relay.wake();
}
