import type { PersonSnapshot, Role } from '@muster/contracts';

/** `pending` lives only between the two transactions of a creation and is shown to nobody. */
export type PersonState = 'pending' | 'active' | 'deleted';

/** One person as stored. Instants are ISO strings in UTC, `hiredOn` is a local date. */
export interface Person {
  id: string;
  version: number;
  state: PersonState;
  email: string;
  name: string;
  role: Role;
  position: string | null;
  phone: string | null;
  workId: string | null;
  departmentId: string | null;
  /** The department's name; kept by the join, not by the row. */
  department: string | null;
  siteId: string;
  managerId: string | null;
  hiredOn: string | null;
  photoVersion: string | null;
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
}

/** The fields that admin, hr or the person itself may change. */
export type PersonChange = Partial<
  Pick<
    Person,
    | 'name'
    | 'position'
    | 'phone'
    | 'workId'
    | 'departmentId'
    | 'department'
    | 'siteId'
    | 'managerId'
    | 'hiredOn'
    | 'role'
  >
>;

/** The person as events carry it: without telephone number and photo. */
export function snapshotOf(person: Person): PersonSnapshot {
  return {
    email: person.email,
    name: person.name,
    role: person.role,
    position: person.position,
    workId: person.workId,
    department: person.department,
    siteId: person.siteId,
    managerId: person.managerId,
    hiredOn: person.hiredOn,
    status: person.state === 'deleted' ? 'deleted' : 'active',
  };
}
