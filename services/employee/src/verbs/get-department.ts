import type { DepartmentView } from '@muster/contracts/http/employee';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { findDepartment } from '../sql/departments.ts';
import { noSuchDepartment } from './departments/department-errors.ts';

/**
 * One department.
 * @throws AppError not_found
 */
export async function getDepartment(deps: Deps, actor: Actor, id: string): Promise<DepartmentView> {
  authorise(actor, 'departments.read');
  const department = await findDepartment(deps.sql, id);
  if (department === undefined) throw noSuchDepartment();
  return department;
}
