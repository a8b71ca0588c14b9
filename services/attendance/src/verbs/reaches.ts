import type { Actor, Scope } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { standsAbove } from '../sql/stands-above.ts';

/** Whether a permission of this scope takes in the person. Everybody reaches themselves, projected or not. */
export async function reaches(
  { sql }: Pick<Deps, 'sql'>,
  actor: Actor,
  scope: Scope,
  personId: string,
): Promise<boolean> {
  if (scope === 'all' || personId === actor.id) return true;
  return scope === 'reports' && standsAbove(sql, actor.id, personId);
}
