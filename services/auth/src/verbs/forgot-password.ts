import type { ForgotPasswordInput } from '@muster/contracts/http/auth';
import { seal } from '../crypto/seal.ts';
import type { Deps } from '../deps.ts';
import { addressRange } from '../domain/address-range.ts';
import { forgotPasswordRules, mailboxRules } from '../domain/attempt-limits.ts';
import type { Client } from '../domain/client.ts';
import { insertMail } from '../sql/mails.ts';
import { MAIL_SEAL } from './send-mails.ts';
import { refuseAttempt } from './shared/refuse-attempt.ts';

/**
 * Has a link for a new password mailed, if there is such an account: that is looked up when the mail is written, so the answer
 * takes the same way for every address. Throws `rate_limited` for a place that asks too often; for a mailbox that has had
 * enough it only falls silent.
 */
export async function forgotPassword(deps: Deps, client: Client, { email }: ForgotPasswordInput): Promise<void> {
  const { limiter, settings, sql } = deps;
  const asked = await limiter.count(forgotPasswordRules(addressRange(client.ip), settings.limitsScale));
  if ('waitSeconds' in asked) throw refuseAttempt(asked.waitSeconds, 'Too many requests. Try again later.');
  const mailbox = await limiter.count(mailboxRules('password-reset', email));
  if ('waitSeconds' in mailbox) return;
  const emailSealed = seal(email, settings.keySecret, MAIL_SEAL);
  await insertMail(sql, { kind: 'password-reset', emailSealed, now: deps.clock.now() });
}
