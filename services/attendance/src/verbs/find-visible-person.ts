import { AppError } from '@muster/contracts';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findPeople, type PersonAtSite } from '../sql/find-people.ts';
import { reaches } from './reaches.ts';

export interface VisiblePerson {
  id: string;
  /** Undefined while the person's events have not arrived. */
  person: PersonAtSite | undefined;
}

/**
 * The person whose attendance the actor asks for: themselves by default, anybody for hr and admin, for managers
 * whoever stands below them.
 * Throws `not_found` for everybody else, so that nobody learns who exists.
 */
export async function findVisiblePerson(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  employeeId: string = actor.id,
): Promise<VisiblePerson> {
  const scope = authorise(actor, 'attendance.read');
  const id = employeeId.toLowerCase();
  const person = (await findPeople(deps.sql, [id])).get(id);
  const known = person !== undefined || id === actor.id;
  if (known && (await reaches(deps, actor, scope, id))) return { id, person };
  throw new AppError('not_found', 'There is no such attendance.');
}
