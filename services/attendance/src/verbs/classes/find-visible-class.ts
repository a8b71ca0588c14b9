import { AppError } from '@muster/contracts';
import { type Action, type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { type FoundClass, findClass } from '../../sql/classes/find-class.ts';

/** Who asks: a person with a token, or one whom another service speaks for. */
export type ClassActor = Pick<Actor, 'id' | 'role' | 'scopes'>;

export const noSuchClass = (): AppError => new AppError('not_found', 'There is no such class.');

/**
 * The class, for whoever may take `action` on it: hr and admins on all, teachers on those they teach. Throws `not_found` for
 * everybody else, so that nobody learns which classes there are.
 */
export async function findVisibleClass(
  { sql, defaultPlace }: Pick<Deps, 'sql' | 'defaultPlace'>,
  actor: ClassActor,
  action: Extract<Action, 'classes.read' | 'classes.mark'>,
  classId: string,
): Promise<FoundClass & { zone: string }> {
  const scope = authorise(actor, action);
  const found = await findClass(sql, classId, actor.id);
  if (found === undefined || (scope !== 'all' && !found.isTeacher)) throw noSuchClass();
  return { ...found, zone: found.zone ?? defaultPlace.zone };
}
