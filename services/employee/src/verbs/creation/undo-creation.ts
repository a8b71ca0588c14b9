import { withTransaction } from '@muster/db';
import type { Deps } from '../../deps.ts';
import { moment } from '../../domain/moment.ts';
import { deleteLoginRemoval, insertLoginRemoval } from '../../sql/login-removals.ts';
import { removePendingPerson } from '../../sql/remove-pending-person.ts';

/** Takes back a creation for which auth opened no login. */
export async function dropPending(deps: Deps, id: string): Promise<void> {
  await withTransaction(deps.sql, (tx) => removePendingPerson(tx, id));
}

/**
 * Takes back a creation whose login may exist. The person goes at once; its login now if auth answers, else the sweep keeps
 * trying. Does nothing to a person that became active.
 */
export async function undoCreation(deps: Deps, id: string, reason: string): Promise<void> {
  const at = moment(deps.clock.now());
  const removed = await withTransaction(deps.sql, async (tx) => {
    const row = await removePendingPerson(tx, id);
    if (row) await insertLoginRemoval(tx, { userId: id, email: row.email, reason, at });
    return row;
  });
  if (removed === undefined) return;
  try {
    await deps.logins.remove(id);
    await deleteLoginRemoval(deps.sql, id);
  } catch (error) {
    deps.log.warn({ err: error, userId: id }, 'the login could not be removed yet; the sweep will');
  }
}
