import { AppError } from '@muster/contracts';
import type { ResetPasswordInput } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent, withTransaction } from '@muster/db';
import { hashToken } from '../crypto/opaque-token.ts';
import type { Deps } from '../deps.ts';
import { addressRange } from '../domain/address-range.ts';
import { type Client, userAsActor } from '../domain/client.ts';
import { requireGoodPassword } from '../domain/require-good-password.ts';
import { maySignIn } from '../domain/user.ts';
import { rememberPlace } from '../sql/known-places.ts';
import { insertMail } from '../sql/mails.ts';
import { endOneTimeTokens, findOneTimeToken, useOneTimeToken } from '../sql/one-time-tokens.ts';
import { setPassword } from '../sql/set-password.ts';
import { setEmailVerified } from '../sql/verify-email.ts';
import { endSessions } from './shared/end-sessions.ts';

const notGood = () => new AppError('invalid_token', 'The link is not valid (any more). Ask for a new one.');

/**
 * Sets a new password by a mailed token, once, and ends every session. Opens none: a second factor is still to be shown.
 * Throws `invalid_token` or, for the password, `invalid_input`.
 */
export async function resetPassword(deps: Deps, client: Client, input: ResetPasswordInput): Promise<void> {
  requireGoodPassword(input.newPassword, 'newPassword');
  const now = deps.clock.now();
  const presented = { hash: hashToken(input.token), purpose: 'password-reset', now } as const;
  // Looked at first, so that guessing tokens costs us no hash.
  if ((await findOneTimeToken(deps.sql, presented)) === undefined) throw notGood();
  const hash = await deps.hasher.hash(input.newPassword);

  await withTransaction(deps.sql, async (tx) => {
    const used = await useOneTimeToken(tx, presented);
    if (used === undefined) throw notGood();
    await setEmailVerified(tx, used.userId, now);
    const user = await setPassword(tx, used.userId, hash, now);
    if (user === undefined || !maySignIn(user)) throw notGood();
    await endOneTimeTokens(tx, user.id, ['password-reset', 'invitation']);
    // Who reads the mailbox is no stranger here, however many of them hammer the account.
    const { place } = addressRange(client.ip);
    await rememberPlace(tx, { userId: user.id, place, now });
    const details = { ...client, at: now.toString() };
    await insertMail(tx, { kind: 'password-changed', userId: user.id, now, details });
    const actor = userAsActor(user, client);
    const told = { version: user.version, occurredAt: now.toString(), actor, userId: user.id };
    const ended = await endSessions(tx, { user, actor, reason: 'password-reset', now });
    await insertOutbox(tx, [newEvent('auth.password-changed.v1', told), ...ended]);
  });
  deps.relay.wake();
  await deps.revocations.reload();
}
