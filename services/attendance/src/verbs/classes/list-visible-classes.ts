import { type Page, toPage } from '@muster/contracts';
import type { ClassListQuery, ClassView } from '@muster/contracts/http/attendance';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../../deps.ts';
import { listClasses } from '../../sql/classes/list-classes.ts';
import { classView } from './read-class.ts';

/** Classes by name: all for hr and admins, for teachers those they teach. */
export async function listVisibleClasses(deps: Deps, actor: Actor, query: ClassListQuery): Promise<Page<ClassView>> {
  const scope = authorise(actor, 'classes.read');
  const { page, limit, siteId } = query;
  const filter = { siteId, teacherId: scope === 'all' ? undefined : actor.id };
  const { rows, total } = await listClasses(deps.sql, filter, { limit, offset: (page - 1) * limit });
  const views = rows.map((row) => classView(deps, row));
  return toPage(views, total, { page, limit });
}
