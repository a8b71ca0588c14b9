import { AppError } from '@muster/contracts';
import type { ManagedUser, UserPatch } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent, type OutboxEvent, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { maySignIn } from '../domain/user.ts';
import { lockAdmins } from '../sql/admins.ts';
import { changeUser } from '../sql/change-user.ts';
import { lockUser } from '../sql/find-user.ts';
import { loginSwitched } from './shared/login-switched.ts';
import { requireOtherAdmin } from './shared/require-other-admin.ts';
import { toManagedUser } from './shared/to-account-user.ts';

/**
 * Sets a user's role, or whether it may sign in. Tokens of the old role stop working; disabling ends the sessions.
 * Administrators only; throws `not_found`, and `last_admin` rather than leaving the platform without one.
 */
export async function updateUser(deps: Deps, actor: Actor, id: string, patch: UserPatch): Promise<ManagedUser> {
  authorise(actor, 'users.manage');
  const now = deps.clock.now();
  const user = await withTransaction(deps.sql, async (tx) => {
    await lockAdmins(tx);
    const before = await lockUser(tx, id);
    if (before === undefined) throw new AppError('not_found', 'No such user.');
    const role = patch.role ?? before.role;
    const active = patch.active ?? before.active;
    if (role === before.role && active === before.active) return before;
    if (role !== 'admin' || !active) await requireOtherAdmin(tx, before);

    const bumpTokens = role !== before.role || (maySignIn(before) && !active);
    const after = await changeUser(tx, before, { role, active, bumpTokens }, now);
    const by = { actor: toEventActor(actor), now };
    const events: OutboxEvent[] = [];
    if (role !== before.role) {
      events.push(
        newEvent('auth.user-role-changed.v1', {
          version: after.version,
          occurredAt: now.toString(),
          actor: by.actor,
          userId: id,
          before: { role: before.role },
          after: { email: after.email, name: after.name, role },
        }),
      );
    }
    events.push(...(await loginSwitched(tx, before, after, { ...by, reason: 'deactivated' })));
    await insertOutbox(tx, events);
    return after;
  });
  deps.relay.wake();
  await deps.revocations.reload();
  return toManagedUser(user);
}
