import { AppError } from '@muster/contracts';
import { insertOutbox, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { lockUser } from '../sql/find-user.ts';
import { deletePasskeysOf } from '../sql/passkeys.ts';
import { endSessions } from './shared/end-sessions.ts';
import { forgetTotp } from './shared/forget-totp.ts';
import { passkeyRemoved } from './shared/passkey-removed.ts';
import { requireYoungSession } from './shared/require-young-session.ts';

const reason = 'reset-by-admin';

/**
 * Removes authenticator app, recovery codes and passkeys of somebody who lost them, and ends their sessions, for who has the
 * phone may have those, too. Administrators only, never for themselves; throws `not_found`, `conflict`, `reauthentication_required`.
 */
export async function resetFactors(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'users.manage');
  // Or a stolen token of an administrator would shed its own second factor without proving anything.
  if (id === actor.id) throw new AppError('conflict', 'Another administrator has to do this for you.');
  await requireYoungSession(deps, actor);
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    const user = await lockUser(tx, id);
    if (user === undefined) throw new AppError('not_found', 'No such user.');
    const by = { user, actor: toEventActor(actor), now };
    const forgotten = await forgetTotp(tx, by, reason);
    const removed = (await deletePasskeysOf(tx, id)).map((passkey) => passkeyRemoved(by, passkey, reason));
    const ended = await endSessions(tx, { ...by, reason });
    await insertOutbox(tx, [...forgotten, ...removed, ...ended]);
  });
  deps.relay.wake();
  await deps.revocations.reload();
}
