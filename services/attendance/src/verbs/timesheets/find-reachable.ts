import { AppError } from '@muster/contracts';
import type { Actor, Scope } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findPeople, type PersonAtSite } from '../../sql/find-people.ts';
import { reaches } from '../reaches.ts';

/**
 * The person, where a permission of this scope takes them in; undefined while their own events have not arrived. Throws `not_found`
 * otherwise, so that nobody learns who exists.
 */
export async function findReachable(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  scope: Scope,
  id: string,
): Promise<PersonAtSite | undefined> {
  const person = (await findPeople(deps.sql, [id])).get(id);
  if ((person || id === actor.id) && (await reaches(deps, actor, scope, id))) return person;
  throw new AppError('not_found', 'There is no such person.');
}
