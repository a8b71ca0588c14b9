import { AppError } from '@muster/contracts';
import { insertOutbox, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { lockAdmins } from '../sql/admins.ts';
import { lockUser } from '../sql/find-user.ts';
import { removeUser } from './shared/remove-user.ts';
import { requireOtherAdmin } from './shared/require-other-admin.ts';

/** Deletes a user softly; its e-mail is free again. Administrators only; throws `not_found` and `last_admin`. */
export async function deleteUser(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'users.manage');
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    await lockAdmins(tx);
    const user = await lockUser(tx, id);
    if (user === undefined) throw new AppError('not_found', 'No such user.');
    await requireOtherAdmin(tx, user);
    await insertOutbox(tx, await removeUser(tx, { user, actor: toEventActor(actor), reason: 'user-deleted', now }));
  });
  deps.relay.wake();
  await deps.revocations.reload();
}
