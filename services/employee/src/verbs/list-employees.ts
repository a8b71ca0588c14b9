import { AppError, foldText, type Page, toPage } from '@muster/contracts';
import type { EmployeeView, ListEmployeesQuery } from '@muster/contracts/http/employee';
import { type Actor, authorise, scopeOf } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { viewFor } from '../domain/employee-view.ts';
import { containing } from '../domain/search-text.ts';
import { listPeople } from '../sql/list-people.ts';
import { viewerOf } from './people/viewer-of.ts';

/**
 * Active people, newest first. Who does not see everybody's private fields can search and filter by public ones only: neither
 * must reveal the others. A search looks at less then; a filter by role is refused (`forbidden`).
 */
export async function listEmployees(deps: Deps, actor: Actor, query: ListEmployeesQuery): Promise<Page<EmployeeView>> {
  authorise(actor, 'employees.read');
  const seesEverybody = scopeOf(actor, 'employees.read-private') === 'all';
  const { page, limit, search, position, department, siteId, role } = query;
  if (role !== undefined && !seesEverybody)
    throw new AppError('forbidden', 'Only those who see the role of everybody may filter by role.');
  if (query.status === 'deleted') return toPage([], 0, { page, limit });
  const { people, total } = await listPeople(deps.sql, {
    pattern: search ? containing(search) : undefined,
    searchAll: seesEverybody,
    positionKey: position && foldText(position),
    departmentKey: department && foldText(department),
    siteId,
    role,
    limit,
    offset: (page - 1) * limit,
  });
  const ids = people.map(({ id }) => id);
  const viewer = await viewerOf(deps, actor, ids);
  return toPage(
    people.map((person) => viewFor(viewer, person)),
    total,
    { page, limit },
  );
}
