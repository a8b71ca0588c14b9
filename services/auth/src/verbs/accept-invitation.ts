import { AppError } from '@muster/contracts';
import type { AcceptInvitationInput, Session } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { hashToken } from '../crypto/opaque-token.ts';
import type { Deps } from '../deps.ts';
import { type Client, userAsActor } from '../domain/client.ts';
import { requireGoodPassword } from '../domain/require-good-password.ts';
import { maySignIn } from '../domain/user.ts';
import { lockUser } from '../sql/find-user.ts';
import { findOneTimeToken, useOneTimeToken } from '../sql/one-time-tokens.ts';
import { setPassword } from '../sql/set-password.ts';
import { setEmailVerified } from '../sql/verify-email.ts';
import { openSession, toSession } from './shared/open-session.ts';

const notGood = () => new AppError('invalid_token', 'The invitation is not valid (any more). Ask for a new one.');

/** Sets the first password of an invited person and signs them in. Throws `invalid_token` or, for the password, `invalid_input`. */
export async function acceptInvitation(deps: Deps, client: Client, input: AcceptInvitationInput): Promise<Session> {
  requireGoodPassword(input.password, 'password');
  const now = deps.clock.now();
  const presented = { hash: hashToken(input.token), purpose: 'invitation', now } as const;
  // Looked at first, so that guessing tokens costs us no hash.
  if ((await findOneTimeToken(deps.sql, presented)) === undefined) throw notGood();
  const passwordHash = await deps.hasher.hash(input.password);

  const opened = await withTransaction(deps.sql, async (tx) => {
    const used = await useOneTimeToken(tx, presented);
    // Whom another of its invitations has let in already chooses a password in other ways.
    const invited = used === undefined ? undefined : await lockUser(tx, used.userId);
    if (used === undefined || invited === undefined || !invited.invited || !maySignIn(invited)) throw notGood();
    if (used.mailed) await setEmailVerified(tx, invited.id, now);
    const user = await setPassword(tx, invited.id, passwordHash, now);
    if (user === undefined) throw notGood();
    const session = await openSession(tx, deps, user, client, now);
    const told = {
      version: user.version,
      occurredAt: now.toString(),
      actor: userAsActor(user, client),
      userId: user.id,
    };
    await insertOutbox(tx, [
      newEvent('auth.password-changed.v1', told),
      newEvent('auth.user-logged-in.v1', { ...told, sessionId: session.sessionId }),
    ]);
    return session;
  });
  deps.relay.wake();
  return toSession(deps, opened);
}
