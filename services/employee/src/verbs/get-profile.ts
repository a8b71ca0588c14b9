import { AppError } from '@muster/contracts';
import type { FullEmployee } from '@muster/contracts/http/employee';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { fullView } from '../domain/employee-view.ts';
import { findPerson } from '../sql/find-person.ts';

/**
 * One's own record.
 * @throws AppError not_found: registered a moment ago and not yet here, or deleted
 */
export async function getProfile(deps: Deps, actor: Actor): Promise<FullEmployee> {
  authorise(actor, 'profile.own');
  const person = await findPerson(deps.sql, actor.id);
  if (person?.state !== 'active') throw noProfile();
  return fullView(person);
}

/** Right after a registration the person is a second or so behind the login. */
export const noProfile = (): AppError => new AppError('not_found', 'There is no employee for this login (yet).');
