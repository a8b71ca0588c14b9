import type { EmployeeView, FullEmployee, PublicEmployee } from '@muster/contracts/http/employee';
import type { Person } from './person.ts';

/** Who looks. `readsPrivate`: may see the private fields of everybody (admin, hr). */
export interface Viewer {
  id: string;
  readsPrivate: boolean;
}

/** True when this viewer sees every field of the person: hr, the person itself, and its manager. */
export const seesAll = (viewer: Viewer, person: Pick<Person, 'id' | 'managerId'>): boolean =>
  viewer.readsPrivate || viewer.id === person.id || viewer.id === person.managerId;

/** Everything about a person. */
export function fullView(person: Person): FullEmployee {
  return {
    ...publicView(person),
    email: person.email,
    role: person.role,
    phone: person.phone,
    workId: person.workId,
    managerId: person.managerId,
    hiredOn: person.hiredOn,
    status: person.state === 'deleted' ? 'deleted' : 'active',
    version: person.version,
    createdAt: person.createdAt,
    updatedAt: person.updatedAt,
    deletedAt: person.deletedAt,
  };
}

/** What colleagues see: enough to recognise each other, no way to reach or profile anybody. */
export function publicView(person: Person): PublicEmployee {
  return {
    id: person.id,
    name: person.name,
    position: person.position,
    department: person.department,
    siteId: person.siteId,
    photoVersion: person.photoVersion,
    isDeleted: person.state === 'deleted',
  };
}

/** The person as this viewer may see it. */
export const viewFor = (viewer: Viewer, person: Person): EmployeeView =>
  seesAll(viewer, person) ? fullView(person) : publicView(person);
