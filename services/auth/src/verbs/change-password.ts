import type { ChangePasswordInput } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { type Actor, toEventActor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { requireGoodPassword } from '../domain/require-good-password.ts';
import { findUserWithHash } from '../sql/find-user.ts';
import { insertMail } from '../sql/mails.ts';
import { endOneTimeTokens } from '../sql/one-time-tokens.ts';
import { setPassword } from '../sql/set-password.ts';
import { endSessions } from './shared/end-sessions.ts';
import { provePassword, wrongCredentials } from './shared/prove-password.ts';

/**
 * Sets a new password, ends all other sessions, and tells the owner by mail. Throws `invalid_credentials` when the current one is wrong,
 * `invalid_input` when the new one may not be set.
 */
export async function changePassword(deps: Deps, actor: Actor, input: ChangePasswordInput): Promise<void> {
  requireGoodPassword(input.newPassword, 'newPassword');
  const found = await findUserWithHash(deps.sql, actor.id);
  const { matches, attempt } = await provePassword(deps, actor, {
    account: actor.id,
    userId: actor.id,
    sessionId: actor.sessionId,
    password: input.currentPassword,
    hash: found?.passwordHash,
  });
  if (!matches) {
    await attempt.failed();
    throw wrongCredentials();
  }
  await attempt.succeeded();

  const hash = await deps.hasher.hash(input.newPassword);
  const now = deps.clock.now();
  await withTransaction(deps.sql, async (tx) => {
    const user = await setPassword(tx, actor.id, hash, now);
    if (user === undefined) throw wrongCredentials();
    const by = { user, actor: toEventActor(actor), now };
    const { version } = user;
    const changed = newEvent('auth.password-changed.v1', {
      version,
      occurredAt: now.toString(),
      actor: by.actor,
      userId: user.id,
    });
    await endOneTimeTokens(tx, user.id, ['password-reset']);
    await insertMail(tx, {
      kind: 'password-changed',
      userId: user.id,
      now,
      details: { ...(actor.ip && { ip: actor.ip }), at: now.toString() },
    });
    const ended = await endSessions(tx, { ...by, reason: 'password-changed', exceptId: actor.sessionId });
    await insertOutbox(tx, [changed, ...ended]);
  });
  deps.relay.wake();
  await deps.revocations.reload();
}
