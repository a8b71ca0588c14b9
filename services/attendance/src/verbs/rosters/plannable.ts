import { AppError } from '@muster/contracts';
import type { Db } from '@muster/db';
import type { Actor, Scope } from '@muster/identity';
import { listPlannable, type Plannable } from '../../sql/rosters/list-plannable.ts';

/** Whose people a scope takes in: everybody's (undefined), or those of the manager with this id, the manager included. */
export const managerOf = (actor: Actor, scope: Scope): string | undefined => (scope === 'all' ? undefined : actor.id);

/**
 * The people of these ids, for whom the actor may plan.
 * @throws AppError not_found when one of them is not there, or is not the actor's to plan for
 */
export async function plannablePeople(
  db: Db,
  actor: Actor,
  scope: Scope,
  ids: readonly string[],
): Promise<Map<string, Plannable>> {
  const wanted = [...new Set(ids)];
  const people = await listPlannable(db, wanted, managerOf(actor, scope));
  if (wanted.some((id) => !people.has(id))) throw new AppError('not_found', 'There is no such person.');
  return people;
}
