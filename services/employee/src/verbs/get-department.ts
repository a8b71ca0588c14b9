import type { DepartmentView } from '@muster/contracts/http/employee';
import type { Deps } from '../deps.ts';
import { findDepartment } from '../sql/departments.ts';
import { noSuchDepartment } from './departments/department-errors.ts';

/**
 * One department; for anybody who is signed in.
 * @throws AppError not_found
 */
export async function getDepartment(deps: Deps, id: string): Promise<DepartmentView> {
  const department = await findDepartment(deps.sql, id);
  if (department === undefined) throw noSuchDepartment();
  return department;
}
