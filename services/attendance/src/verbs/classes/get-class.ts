import type { ClassView } from '@muster/contracts/http/attendance';
import type { Actor } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findVisibleClass } from './find-visible-class.ts';
import { readClass } from './read-class.ts';

/** One class. Throws `not_found` for one the actor may not see. */
export async function getClass(deps: Deps, actor: Actor, id: string): Promise<ClassView> {
  await findVisibleClass(deps, actor, 'classes.read', id);
  return readClass(deps, deps.sql, id);
}
