import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findPeople } from '../../sql/find-people.ts';
import type { VisiblePerson } from '../find-visible-person.ts';
import { reaches } from '../reaches.ts';
import { noSuchPerson } from './leave-errors.ts';

/**
 * The person whose leave the actor reads or decides about: themselves by default. Throws `not_found` for everybody who is out of
 * their reach, so that nobody learns who exists.
 */
export async function findLeavePerson(
  deps: Pick<Deps, 'sql'>,
  actor: Actor,
  action: 'leave.read' | 'leave.decide' | 'leave.manage',
  employeeId: string = actor.id,
): Promise<VisiblePerson> {
  const scope = authorise(actor, action);
  const person = (await findPeople(deps.sql, [employeeId])).get(employeeId);
  const known = person !== undefined || employeeId === actor.id;
  if (known && (await reaches(deps, actor, scope, employeeId))) return { id: employeeId, person };
  throw noSuchPerson();
}
