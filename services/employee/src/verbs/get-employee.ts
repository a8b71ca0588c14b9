import type { EmployeeView } from '@muster/contracts/http/employee';
import { type Actor, authorise } from '@muster/identity';
import type { Deps } from '../deps.ts';
import { seesPrivate, viewFor } from '../domain/employee-view.ts';
import { findPerson } from '../sql/find-person.ts';
import { noSuchEmployee } from './people/no-such-employee.ts';
import { viewerOf } from './people/viewer-of.ts';

/**
 * One person. Deleted ones, marked `isDeleted`, are shown to those who see what is private; to others they are gone.
 * @throws AppError not_found
 */
export async function getEmployee(deps: Deps, actor: Actor, id: string): Promise<EmployeeView> {
  authorise(actor, 'employees.read');
  const person = await findPerson(deps.sql, id);
  if (person === undefined) throw noSuchEmployee();
  const viewer = await viewerOf(deps, actor, [id]);
  if (person.state === 'deleted' && !seesPrivate(viewer, person)) throw noSuchEmployee();
  return viewFor(viewer, person);
}
