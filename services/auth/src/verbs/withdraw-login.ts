import type { EventActor } from '@muster/contracts';
import { insertOutbox, withTransaction } from '@muster/db';
import type { Deps } from '../deps.ts';
import { lockUser } from '../sql/find-user.ts';
import { hasSessions } from '../sql/sessions.ts';
import { eraseUser, insertWithdrawnLogin, lockLogin } from '../sql/withdrawn-logins.ts';
import { removeUser, userDeleted } from './shared/remove-user.ts';

/**
 * Undoes {@link openLogin} when the person could not be created. Also for a login that is not there (yet): a late request
 * to open it is refused from now on. Safe to repeat.
 */
export async function withdrawLogin(deps: Deps, actor: EventActor, id: string): Promise<void> {
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    await lockLogin(tx, id);
    await insertWithdrawnLogin(tx, id, now);
    const user = await lockUser(tx, id);
    if (user === undefined) return;
    if (await hasSessions(tx, id)) {
      await insertOutbox(tx, await removeUser(tx, { user, actor, reason: 'withdrawn', now }));
      return;
    }
    await eraseUser(tx, id);
    await insertOutbox(tx, [userDeleted({ ...user, version: user.version + 1 }, actor, now)]);
  });
  deps.relay.wake();
  await deps.revocations.reload();
}
