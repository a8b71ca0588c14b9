import { type Page, toPage } from '@muster/contracts';
import type { DepartmentView } from '@muster/contracts/http/employee';
import type { Deps } from '../deps.ts';
import { listDepartments as selectDepartments } from '../sql/departments.ts';

/** Every department, by name; for anybody who is signed in. */
export async function listDepartments(
  deps: Deps,
  query: { page: number; limit: number },
): Promise<Page<DepartmentView>> {
  const { page, limit } = query;
  const { departments, total } = await selectDepartments(deps.sql, { limit, offset: (page - 1) * limit });
  return toPage(departments, total, { page, limit });
}
