import { AppError, type EventActor } from '@muster/contracts';
import type { OpenedLogin, OpenLoginInput } from '@muster/contracts/http/auth';
import { insertOutbox, newEvent, type Tx, withTransaction } from '@muster/db';
import { hashToken, newToken } from '../crypto/opaque-token.ts';
import type { Deps } from '../deps.ts';
import { TOKEN_SECONDS } from '../domain/mail/kinds.ts';
import { requireGoodPassword } from '../domain/require-good-password.ts';
import type { User } from '../domain/user.ts';
import { usernameOf } from '../domain/username.ts';
import { emailExists } from '../sql/email-exists.ts';
import { findUser } from '../sql/find-user.ts';
import { insertUser } from '../sql/insert-user.ts';
import { insertMail } from '../sql/mails.ts';
import { replaceOneTimeToken } from '../sql/one-time-tokens.ts';
import { isWithdrawn, lockLogin } from '../sql/withdrawn-logins.ts';

/**
 * Opens the login of a person that employee is creating; repeating it changes nothing. Without a password it answers an
 * invitation for 7 days, a new one each time, and the person gets one by mail. Throws `email_taken`, `conflict` for a login that was withdrawn or whose id
 * belongs to another account, `invalid_input` for a bad password.
 */
export async function openLogin(
  deps: Deps,
  actor: EventActor,
  input: OpenLoginInput,
): Promise<OpenedLogin & { isNew: boolean }> {
  if (input.password !== undefined) requireGoodPassword(input.password, 'password');
  const passwordHash = input.password === undefined ? null : await deps.hasher.hash(input.password);
  const opened = await withTransaction(deps.sql, async (tx) => {
    await lockLogin(tx, input.id);
    if (await isWithdrawn(tx, input.id)) throw new AppError('conflict', 'This login has been withdrawn.');
    const existing = await findUser(tx, input.id);
    if (existing !== undefined && existing.email !== input.email) {
      throw new AppError('conflict', 'This id belongs to another account.');
    }
    const user = existing ?? (await insert(tx, deps, actor, input, passwordHash));
    const invitationToken = user.invited ? await invite(tx, deps, user) : undefined;
    // Once: whoever repeats the request has not invited twice.
    if (user.invited && existing === undefined) {
      await insertMail(tx, { kind: 'invitation', userId: user.id, now: deps.clock.now() });
    }
    return { userId: user.id, isNew: existing === undefined, ...(invitationToken && { invitationToken }) };
  });
  deps.relay.wake();
  return opened;
}

async function insert(
  tx: Tx,
  deps: Deps,
  actor: EventActor,
  input: OpenLoginInput,
  passwordHash: string | null,
): Promise<User> {
  const now = deps.clock.now();
  const { id, email, name, role } = input;
  const username = usernameOf(email);
  const { workId = null, workLocation = null } = input;
  const user = await insertUser(tx, { id, email, username, name, role, workId, workLocation, passwordHash, now });
  if (user === undefined) {
    const taken = await emailExists(tx, email);
    if (taken) throw new AppError('email_taken', 'There is an account with this e-mail already.');
    throw new AppError('conflict', 'This id belonged to a deleted account.');
  }
  const { version } = user;
  await insertOutbox(tx, [
    newEvent('auth.login-opened.v1', {
      version,
      occurredAt: now.toString(),
      actor,
      userId: id,
      after: { email, name, role },
    }),
  ]);
  return user;
}

async function invite(tx: Tx, deps: Deps, user: User): Promise<string> {
  const now = deps.clock.now();
  const token = newToken();
  const expiresAt = now.add({ seconds: TOKEN_SECONDS.invitation });
  await replaceOneTimeToken(tx, { hash: hashToken(token), userId: user.id, purpose: 'invitation', now, expiresAt });
  return token;
}
