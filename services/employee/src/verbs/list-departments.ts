import { type Page, toPage } from '@muster/contracts';
import type { DepartmentView } from '@muster/contracts/http/employee';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { listDepartments as selectDepartments } from '../sql/departments.ts';

/** Every department, by name. */
export async function listDepartments(
  deps: Deps,
  actor: Actor,
  query: { page: number; limit: number },
): Promise<Page<DepartmentView>> {
  authorise(actor, 'departments.read');
  const { page, limit } = query;
  const { departments, total } = await selectDepartments(deps.sql, { limit, offset: (page - 1) * limit });
  return toPage(departments, total, { page, limit });
}
