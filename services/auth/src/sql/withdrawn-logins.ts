import type { Db } from '@muster/db';

/** Remembers that this login is not to be opened. */
export async function insertWithdrawnLogin(tx: Db, id: string, now: Temporal.Instant): Promise<void> {
  await tx`insert into withdrawn_logins (id, withdrawn_at) values (${id}, ${now.toString()}) on conflict do nothing`;
}

export async function isWithdrawn(tx: Db, id: string): Promise<boolean> {
  const rows = await tx`select 1 from withdrawn_logins where id = ${id}`;
  return rows.length > 0;
}

/** Opening and withdrawing the same login take turns. */
export async function lockLogin(tx: Db, id: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`;
}

/** Removes a user without a trace: one that nobody ever signed in to. */
export async function eraseUser(tx: Db, id: string): Promise<void> {
  await tx`delete from users where id = ${id}`;
}
