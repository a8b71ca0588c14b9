import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { mailboxRules } from '../domain/attempt-limits.ts';
import { findUser } from '../sql/find-user.ts';
import { insertMail } from '../sql/mails.ts';
import { refuseAttempt } from './shared/refuse-attempt.ts';

/** Mails the signed-in person another link to confirm its address, if that is still to be done. Throws `rate_limited`. */
export async function resendVerification(deps: Deps, actor: Pick<Actor, 'id'>): Promise<void> {
  // A device or a machine has no mailbox.
  if ((await findUser(deps.sql, actor.id)) === undefined) return;
  const counted = await deps.limiter.count(mailboxRules('verify-email', actor.id));
  if ('waitSeconds' in counted) {
    throw refuseAttempt(counted.waitSeconds, 'A mail is on its way. Look into your mailbox, or try again later.');
  }
  await insertMail(deps.sql, { kind: 'verify-email', userId: actor.id, now: deps.clock.now() });
}
