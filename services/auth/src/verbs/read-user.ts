import { AppError } from '@muster/contracts';
import type { AccountUser, ManagedUser } from '@muster/contracts/http/auth';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findUser } from '../sql/find-user.ts';
import { toAccountUser, toManagedUser } from './shared/to-account-user.ts';

/** One account. Administrators only; `not_found` for a deleted one, too. */
export async function readUser(deps: Deps, actor: Actor, id: string): Promise<ManagedUser> {
  authorise(actor, 'users.manage');
  const user = await findUser(deps.sql, id);
  if (user === undefined) throw new AppError('not_found', 'No such user.');
  return toManagedUser(user);
}

/** The account of whoever asks, as it is now and not as the token says. */
export async function readProfile(deps: Deps, actor: Actor): Promise<AccountUser> {
  const user = await findUser(deps.sql, actor.id);
  if (user === undefined) throw new AppError('unauthenticated', 'This account does not exist any more.');
  return toAccountUser(user);
}
