import { AppError } from '@muster/contracts';
import { insertOutbox, withTransaction } from '@muster/db';
import { type Actor, authorise, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findUser, lockUser } from '../sql/find-user.ts';
import { revokeOwnSession } from '../sql/sessions.ts';
import { endSessions, sessionRevoked } from './shared/end-sessions.ts';

/** Ends one session of the person who asks, be it this one. `not_found` for one that is another's or has ended. */
export async function endSession(deps: Deps, actor: Actor, id: string): Promise<void> {
  const now = deps.clock.now();
  const reason = 'ended-by-owner';
  await withTransaction(deps.sql, async (tx) => {
    const ended = await revokeOwnSession(tx, { id, userId: actor.id, reason, now });
    if (!ended) throw new AppError('not_found', 'You have no such session.');
    const user = { id: actor.id, version: (await findUser(tx, actor.id))?.version ?? 0 };
    await insertOutbox(tx, [sessionRevoked(user, [id], { actor: toEventActor(actor), reason, now })]);
  });
  deps.relay.wake();
  await deps.revocations.reload();
}

/** Signs somebody out everywhere. Administrators only; `not_found` for a deleted account, too. */
export async function endSessionsOf(deps: Deps, actor: Actor, userId: string): Promise<void> {
  authorise(actor, 'users.manage');
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    const user = await lockUser(tx, userId);
    if (user === undefined) throw new AppError('not_found', 'No such user.');
    const by = { actor: toEventActor(actor), reason: 'ended-by-admin', now };
    await insertOutbox(tx, await endSessions(tx, { user, ...by }));
  });
  deps.relay.wake();
  await deps.revocations.reload();
}
