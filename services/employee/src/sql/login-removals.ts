import type { Db, Tx } from '@muster/db';

/** Notes that this login must go; `email` where it is known, so that a new creation for it can wait for that. */
export async function insertLoginRemoval(
  tx: Tx,
  removal: { userId: string; email: string | null; reason: string; at: string },
): Promise<void> {
  await tx`
    insert into login_removals (user_id, email, reason, next_attempt_at)
    values (${removal.userId}, ${removal.email}, ${removal.reason}, ${removal.at})
    on conflict (user_id) do nothing
  `;
}

/** Takes the removals that are due and puts their next try off, so that another process does not take them too. */
export async function claimLoginRemovals(
  db: Db,
  o: { now: string; retryAt: string; limit: number },
): Promise<string[]> {
  const rows = await db<{ user_id: string }[]>`
    update login_removals set attempts = attempts + 1, next_attempt_at = ${o.retryAt}
    where user_id in (
      select user_id from login_removals where next_attempt_at <= ${o.now}
      order by next_attempt_at limit ${o.limit} for update skip locked
    )
    returning user_id
  `;
  return rows.map((row) => row.user_id);
}

/** Auth has confirmed: the login is gone. */
export async function deleteLoginRemoval(db: Db, userId: string): Promise<void> {
  await db`delete from login_removals where user_id = ${userId}`;
}

/** The logins of this address that are still to be removed. */
export async function findLoginRemovals(db: Db, email: string): Promise<string[]> {
  const rows = await db<{ user_id: string }[]>`select user_id from login_removals where email = ${email}`;
  return rows.map((row) => row.user_id);
}
