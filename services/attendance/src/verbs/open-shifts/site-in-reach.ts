import { AppError } from '@muster/contracts';
import type { Db } from '@muster/db';
import type { Actor, Scope } from '@muster/identity';
import type { OpenShift } from '../../domain/open-shifts/open-shift.ts';
import { findPeople } from '../../sql/find-people.ts';
import { findOpenShift } from '../../sql/open-shifts/open-shifts.ts';

export const noSuchOpenShift = (): AppError => new AppError('not_found', 'There is no such open shift.');

/** The site whose open shifts the actor may see; undefined for all. Null: none, while the person is not known here. */
export async function siteInReach(db: Db, actor: Actor, scope: Scope): Promise<string | null | undefined> {
  if (scope === 'all') return undefined;
  return (await findPeople(db, [actor.id])).get(actor.id)?.siteId ?? null;
}

/** An open shift of a site in the actor's reach. Throws `not_found` for every other. */
export async function findReachableShift(db: Db, actor: Actor, scope: Scope, id: string): Promise<OpenShift> {
  const shift = await findOpenShift(db, id);
  const site = await siteInReach(db, actor, scope);
  if (!shift || (site !== undefined && site !== shift.siteId)) throw noSuchOpenShift();
  return shift;
}
