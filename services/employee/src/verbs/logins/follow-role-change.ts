import type { EventData } from '@muster/contracts';
import { claimInbox, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { moment } from '../../domain/moment.ts';
import { lockPerson } from '../../sql/lock-person.ts';
import { saveLogin } from '../../sql/logins.ts';
import { changePerson } from '../people/change-person.ts';

/** A login's role changed at auth: so does the person's, unless a later event was here before. */
export async function followRoleChange(deps: Deps, data: EventData<'auth.user-role-changed.v1'>): Promise<void> {
  await withTransaction(deps.sql, async (tx) => {
    if (!(await claimInbox(tx, 'employee', [data.id])).has(data.id)) return;
    const at = moment(deps.clock.now());
    const { userId, version, after, actor } = data;
    if (!(await saveLogin(tx, { userId, version, role: after.role, deleted: false, at }))) return;
    // Pending ones are locked too, then left alone: their activation reads the role that was just kept.
    const person = await lockPerson(tx, userId, { pending: true });
    if (person?.state !== 'active') return;
    await changePerson(tx, 'employee.employee-updated.v1', person, { role: after.role }, { actor, at });
  });
  deps.relay.wake();
}
