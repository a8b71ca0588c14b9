import type { Actor } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { mailboxRules } from '../domain/attempt-limits.ts';
import { insertMail } from '../sql/mails.ts';
import { refuseAttempt } from './shared/refuse-attempt.ts';

/** Mails the signed-in person another link to confirm its address, if that is still to be done. Throws `rate_limited`. */
export async function resendVerification(deps: Deps, actor: Pick<Actor, 'id'>): Promise<void> {
  const counted = await deps.limiter.count(mailboxRules('verify-email', actor.id));
  if ('waitSeconds' in counted) {
    throw refuseAttempt(counted.waitSeconds, 'A mail is on its way. Look into your mailbox, or try again later.');
  }
  await insertMail(deps.sql, { kind: 'verify-email', userId: actor.id, now: deps.clock.now() });
}
