import type { EmploymentAnswer, EmploymentBody } from '@muster/contracts/http/employee-employment';
import type { Deps } from '../deps.ts';
import { listEmployment } from '../sql/list-employment.ts';

/** When people were hired and deleted, for a service that projected them before events said so. Unknown ids are left out. */
export async function tellEmployment({ sql }: Pick<Deps, 'sql'>, { ids }: EmploymentBody): Promise<EmploymentAnswer> {
  return { data: await listEmployment(sql, ids) };
}
