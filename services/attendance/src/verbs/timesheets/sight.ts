import type { Actor, Scope } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { findDepartments } from '../../sql/find-departments.ts';
import type { PeopleWanted } from '../../sql/timesheets/sum-people.ts';

/** Whose sums the actor may see of those that are asked for: filters only narrow, what is out of sight is not there. */
export async function sight(
  { sql }: Pick<Deps, 'sql'>,
  actor: Actor,
  scope: Scope,
  { siteId, department }: { siteId?: string | undefined; department?: string | undefined },
): Promise<PeopleWanted> {
  const departments = department === undefined ? undefined : await findDepartments(sql, department);
  const filter = { siteId, departments };
  if (scope === 'all') return filter;
  return scope === 'reports' ? { ...filter, managerId: actor.id } : { ...filter, employeeId: actor.id };
}
