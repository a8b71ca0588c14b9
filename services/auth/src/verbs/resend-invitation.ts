import { AppError } from '@muster/contracts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { mailboxRules } from '../domain/attempt-limits.ts';
import { maySignIn } from '../domain/user.ts';
import { findUser } from '../sql/find-user.ts';
import { insertMail } from '../sql/mails.ts';
import { refuseAttempt } from './shared/refuse-attempt.ts';

/**
 * Mails somebody who has not accepted yet another invitation; earlier ones stay good until one is used. Throws `not_found`,
 * `conflict` for an account that needs none, `rate_limited`.
 */
export async function resendInvitation(deps: Deps, actor: Actor, id: string): Promise<void> {
  authorise(actor, 'invitations.send');
  const user = await findUser(deps.sql, id);
  if (user === undefined) throw new AppError('not_found', 'There is no such account.');
  if (!user.invited || !maySignIn(user)) {
    throw new AppError('conflict', 'This account needs no invitation: it is open, or it is disabled.');
  }
  const counted = await deps.limiter.count(mailboxRules('invitation', id));
  if ('waitSeconds' in counted) throw refuseAttempt(counted.waitSeconds, 'Invited often enough. Try again later.');
  await insertMail(deps.sql, { kind: 'invitation', userId: id, now: deps.clock.now() });
}
