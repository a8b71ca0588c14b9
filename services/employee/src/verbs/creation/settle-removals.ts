import type { Deps } from '../../deps.ts';
import { deleteLoginRemoval, findLoginRemovals } from '../../sql/login-removals.ts';

/**
 * Removes logins of this address that an earlier, failed creation may have left at auth: it would call the address taken.
 * @throws AppError unavailable when auth is still away
 */
export async function settleRemovals(deps: Deps, email: string): Promise<void> {
  for (const userId of await findLoginRemovals(deps.sql, email)) {
    await deps.logins.remove(userId);
    await deleteLoginRemoval(deps.sql, userId);
  }
}
