import type { Db } from '@muster/db';

/** Notes that the user reads the mailbox of the account. */
export async function setEmailVerified(tx: Db, userId: string, now: Temporal.Instant): Promise<void> {
  await tx`update users set email_verified_at = ${now.toString()} where id = ${userId} and email_verified_at is null`;
}
