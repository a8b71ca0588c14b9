import { insertOutbox, withTransaction } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findUser } from '../sql/find-user.ts';
import { revokeSession } from '../sql/sessions.ts';
import { endSessions, sessionRevoked } from './shared/end-sessions.ts';

const reason = 'logout';

/** Ends the session that asks. */
export async function logout(deps: Deps, actor: Actor): Promise<void> {
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    if (!(await revokeSession(tx, actor.sessionId, reason, now))) return;
    const version = (await findUser(tx, actor.id))?.version ?? 0;
    const user = { id: actor.id, version };
    await insertOutbox(tx, [sessionRevoked(user, [actor.sessionId], { actor: toEventActor(actor), reason, now })]);
  });
  await announce(deps);
}

/** Ends every session of the person who asks, this one included. */
export async function logoutAll(deps: Deps, actor: Actor): Promise<void> {
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    const user = await findUser(tx, actor.id);
    if (user === undefined) return;
    await insertOutbox(tx, await endSessions(tx, { user, actor: toEventActor(actor), reason: 'logout-all', now }));
  });
  await announce(deps);
}

async function announce(deps: Deps): Promise<void> {
  deps.relay.wake();
  await deps.revocations.reload();
}
