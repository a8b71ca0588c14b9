import { backoffMs, withTransaction } from '@muster/db';
import { hashToken, newToken } from '../crypto/opaque-token.ts';
import { unseal } from '../crypto/seal.ts';
import type { Deps } from '../deps.ts';
import { TOKEN_SECONDS } from '../domain/mail/kinds.ts';
import { writeMail } from '../domain/mail/write-mail.ts';
import { maySignIn, type User } from '../domain/user.ts';
import { type Post, UndeliverableError } from '../mail/post.ts';
import { mailMetric } from '../metrics.ts';
import { findUser, findUserBySignInName } from '../sql/find-user.ts';
import { claimMails, deleteExpiredMails, deleteMail, postponeMail, type QueuedMail } from '../sql/mails.ts';
import { insertOneTimeToken, replaceOneTimeToken } from '../sql/one-time-tokens.ts';

/** Under what purpose typed addresses are sealed. */
export const MAIL_SEAL = 'mail-address';

const batch = 10;
/** Longer than an attempt can take. */
const leaseSeconds = 120;
const firstPauseMs = 5_000;
const longestPauseMs = 10 * 60_000;

type MailDeps = Pick<Deps, 'sql' | 'clock' | 'log' | 'settings'>;

/** Sends what is due, a few at a time; several processes may do so. Returns how many were sent. */
export async function sendMails(deps: MailDeps, post: Post): Promise<number> {
  let sent = 0;
  for (;;) {
    const mails = await claimMails(deps.sql, { now: deps.clock.now(), limit: batch, leaseSeconds });
    const outcomes = await Promise.all(mails.map((mail) => handle(deps, post, mail)));
    sent += outcomes.filter(Boolean).length;
    if (mails.length < batch) return sent;
  }
}

/** Gives up mails that would come too late. Returns how many. */
export async function dropLateMails(deps: MailDeps): Promise<number> {
  const dropped = await deleteExpiredMails(deps.sql, deps.clock.now());
  if (dropped === 0) return 0;
  mailMetric().inc({ outcome: 'dropped' }, dropped);
  deps.log.warn({ dropped }, 'mails could not be sent in time and are dropped');
  return dropped;
}

async function handle(deps: MailDeps, post: Post, mail: QueuedMail): Promise<boolean> {
  const { id, kind, attempts } = mail;
  try {
    const sent = await deliver(deps, post, mail);
    await deleteMail(deps.sql, id);
    mailMetric().inc({ outcome: sent ? 'sent' : 'unneeded' });
    return sent;
  } catch (err) {
    if (err instanceof UndeliverableError) {
      await deleteMail(deps.sql, id);
      mailMetric().inc({ outcome: 'dropped' });
      deps.log.warn({ mail: id, kind }, 'the mail server refuses the recipient, the mail is dropped');
      return false;
    }
    const ms = Math.round(backoffMs(attempts, firstPauseMs, longestPauseMs));
    await postponeMail(deps.sql, id, deps.clock.now().add({ milliseconds: ms }));
    mailMetric().inc({ outcome: 'postponed' });
    deps.log.warn({ err, mail: id, kind, attempts }, 'mail not sent, it will be tried again');
    return false;
  }
}

/** False when there is nobody to send it to, or no reason any more. */
async function deliver(deps: MailDeps, post: Post, mail: QueuedMail): Promise<boolean> {
  const { settings } = deps;
  const user = await addressee(deps, mail);
  if (user === undefined || !isWanted(mail, user)) return false;
  const token = await tokenFor(deps, mail, user);
  const letter = writeMail(mail.kind, { publicUrl: settings.publicUrl, token, details: mail.details });
  await post.send({ ...letter, id: mail.id, to: user.email });
  return true;
}

async function addressee({ sql, settings }: MailDeps, mail: QueuedMail): Promise<User | undefined> {
  if (mail.userId !== null) return await findUser(sql, mail.userId);
  if (mail.emailSealed === null) return undefined;
  const email = unseal(mail.emailSealed, settings.keySecret, MAIL_SEAL);
  return (await findUserBySignInName(sql, email))?.user;
}

function isWanted({ kind }: QueuedMail, user: User): boolean {
  if (!maySignIn(user)) return false;
  if (kind === 'invitation') return user.invited;
  if (kind === 'verify-email') return !user.emailVerified;
  return true;
}

/** Made only now, so that no token ever rests in the database; a mail that is tried again has a new one. */
async function tokenFor({ sql, clock }: MailDeps, { kind }: QueuedMail, user: User): Promise<string | undefined> {
  if (kind === 'password-changed' || kind === 'new-sign-in') return undefined;
  const token = newToken();
  const now = clock.now();
  const expiresAt = now.add({ seconds: TOKEN_SECONDS[kind] });
  const stored = { hash: hashToken(token), userId: user.id, purpose: kind, now, expiresAt, mailed: true };
  // The invitation that whoever invited was shown stays good.
  const store = kind === 'invitation' ? insertOneTimeToken : replaceOneTimeToken;
  await withTransaction(sql, (tx) => store(tx, stored));
  return token;
}
