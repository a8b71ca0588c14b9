import { AppError } from '@muster/contracts';
import type { Tx } from '@muster/db';
import { maySignIn, type User } from '../../domain/user.ts';
import { countOtherActiveAdmins } from '../../sql/admins.ts';

/** True when nobody else could administer the platform without this user. Call it under `lockAdmins`. */
export async function isLastAdmin(tx: Tx, user: User): Promise<boolean> {
  return user.role === 'admin' && maySignIn(user) && (await countOtherActiveAdmins(tx, user.id)) === 0;
}

/** Throws `last_admin` when {@link isLastAdmin}. */
export async function requireOtherAdmin(tx: Tx, user: User): Promise<void> {
  if (await isLastAdmin(tx, user)) {
    throw new AppError('last_admin', 'This is the last administrator who may sign in: appoint another one first.');
  }
}
