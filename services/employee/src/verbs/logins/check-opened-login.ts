import type { EventData } from '@muster/contracts';
import { claimInbox, withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { moment } from '../../domain/moment.ts';
import { lockPerson } from '../../sql/lock-person.ts';
import { insertLoginRemoval } from '../../sql/login-removals.ts';
import { saveLogin } from '../../sql/logins.ts';

/**
 * Auth opened a login for a person of ours. If there is no such person, its creation was taken back while the request was
 * still on its way: the login goes too.
 */
export async function checkOpenedLogin(deps: Deps, data: EventData<'auth.login-opened.v1'>): Promise<void> {
  await withTransaction(deps.sql, async (tx) => {
    if (!(await claimInbox(tx, 'employee', [data.id])).has(data.id)) return;
    const at = moment(deps.clock.now());
    const { userId, version, after } = data;
    await saveLogin(tx, { userId, version, role: after.role, deleted: false, at });
    if (await lockPerson(tx, userId, { pending: true })) return;
    await insertLoginRemoval(tx, { userId, email: after.email, reason: 'opened for nobody', at });
  });
}
