import type { Db } from '@muster/db';
import { v7 } from 'uuid';
import { type MailDetails, type MailKind, WORTH_SECONDS } from '../domain/mail/kinds.ts';

/** Whom a mail is for: an account, or the sealed address somebody typed. */
export type Recipient = { userId: string } | { emailSealed: Uint8Array };

/** Puts a mail into the queue; it is sent once the transaction has committed. */
export async function insertMail(
  tx: Db,
  m: { kind: MailKind; now: Temporal.Instant; details?: MailDetails } & Recipient,
): Promise<void> {
  const now = m.now.toString();
  const userId = 'userId' in m ? m.userId : null;
  const emailSealed = 'emailSealed' in m ? m.emailSealed : null;
  await tx`
    insert into mails (id, kind, user_id, email_sealed, details, created_at, expires_at, next_try_at)
    values (
      ${v7()}, ${m.kind}, ${userId}, ${emailSealed}, ${tx.json({ ...m.details })}, ${now},
      ${m.now.add({ seconds: WORTH_SECONDS[m.kind] }).toString()}, ${now}
    )
  `;
}

export interface QueuedMail {
  id: string;
  kind: MailKind;
  userId: string | null;
  emailSealed: Uint8Array | null;
  details: MailDetails;
  /** This one included. */
  attempts: number;
}

/** Takes mails that are due, so that for `leaseSeconds` no other process does; who dies meanwhile leaves them to be sent. */
export async function claimMails(
  sql: Db,
  o: { now: Temporal.Instant; limit: number; leaseSeconds: number },
): Promise<QueuedMail[]> {
  const now = o.now.toString();
  return await sql<QueuedMail[]>`
    update mails set attempts = attempts + 1, next_try_at = ${o.now.add({ seconds: o.leaseSeconds }).toString()}
    where id in (
      select id from mails where next_try_at <= ${now} and expires_at > ${now}
      order by next_try_at limit ${o.limit} for update skip locked
    )
    returning id, kind, user_id as "userId", email_sealed as "emailSealed", details, attempts
  `;
}

export async function postponeMail(sql: Db, id: string, nextTry: Temporal.Instant): Promise<void> {
  await sql`update mails set next_try_at = ${nextTry.toString()} where id = ${id}`;
}

export async function deleteMail(sql: Db, id: string): Promise<void> {
  await sql`delete from mails where id = ${id}`;
}

/** Removes mails that would come too late; returns how many. */
export async function deleteExpiredMails(sql: Db, now: Temporal.Instant): Promise<number> {
  const gone = await sql`delete from mails where expires_at <= ${now.toString()}`;
  return gone.count;
}

/** How many mails wait, and how long the oldest has. */
export async function mailQueue(sql: Db, now: Temporal.Instant): Promise<{ waiting: number; oldestSeconds: number }> {
  const [row] = await sql<{ waiting: number; oldestSeconds: number }[]>`
    select count(*)::int as waiting,
      coalesce(extract(epoch from ${now.toString()}::timestamptz - min(created_at)), 0)::float8 as "oldestSeconds"
    from mails
  `;
  return row ?? { waiting: 0, oldestSeconds: 0 };
}
