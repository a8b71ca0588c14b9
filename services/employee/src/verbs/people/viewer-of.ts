import { type Actor, scopeOf } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import type { Viewer } from '../../domain/employee-view.ts';
import { findReports } from '../../sql/find-reports.ts';

/** What the actor may see of these people. */
export async function viewerOf({ sql }: Pick<Deps, 'sql'>, actor: Actor, ids: readonly string[]): Promise<Viewer> {
  const { id } = actor;
  const reach = scopeOf(actor, 'employees.read-private');
  return { id, reach, reports: reach === 'reports' ? await findReports(sql, id, ids) : new Set() };
}
