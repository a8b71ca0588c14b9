import type { EmployeeView, FullEmployee } from '@muster/contracts/http/employee';
import type { Person } from './person.ts';
import { visibleFields } from './visible-fields.ts';

/** Who looks, and at whose private fields they may. */
export interface Viewer {
  id: string;
  /** How far the private fields are open to them; undefined: not even their own. */
  reach: 'own' | 'class' | 'reports' | 'site' | 'all' | undefined;
  /** Those of the people looked at who stand below them; empty unless `reach` is `reports`. */
  reports: ReadonlySet<string>;
}

/** True when this viewer sees the private fields of the person: hr, those above it, and the person itself. */
export function seesPrivate({ id, reach, reports }: Viewer, person: Pick<Person, 'id'>): boolean {
  if (reach === undefined) return false;
  return reach === 'all' || id === person.id || reports.has(person.id);
}

/** Everything about a person, for those whom the table of permissions lets write it. */
export function fullView(person: Person): FullEmployee {
  return {
    id: person.id,
    name: person.name,
    position: person.position,
    department: person.department,
    siteId: person.siteId,
    photoVersion: person.photoVersion,
    isDeleted: person.state === 'deleted',
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

/** The person as this viewer may see it. */
export function viewFor(viewer: Viewer, person: Person): EmployeeView {
  const full = fullView(person);
  const seen = visibleFields(seesPrivate(viewer, person)).map((field) => [field, full[field]]);
  return Object.fromEntries(seen) as EmployeeView;
}
