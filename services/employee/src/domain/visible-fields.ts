import type { FullEmployee } from '@muster/contracts/http/employee';

/**
 * Which field of a person is how private: the one place that says so. Who reads a level, and how far, stands in the table of
 * permissions (`employees.read`, `employees.read-private`). A new field without a level does not compile.
 */
export const levelOf = {
  id: 'public',
  name: 'public',
  position: 'public',
  department: 'public',
  siteId: 'public',
  photoVersion: 'public',
  isDeleted: 'public',
  email: 'private',
  role: 'private',
  phone: 'private',
  workId: 'private',
  managerId: 'private',
  hiredOn: 'private',
  status: 'private',
  version: 'private',
  createdAt: 'private',
  updatedAt: 'private',
  deletedAt: 'private',
} as const satisfies Record<keyof FullEmployee, 'public' | 'private'>;

type Field = keyof typeof levelOf;
const fields = Object.keys(levelOf) as Field[];
const publicFields = fields.filter((field) => levelOf[field] === 'public');

/** The fields somebody sees who does, or does not, see what is private of this person. */
export const visibleFields = (seesPrivate: boolean): readonly Field[] => (seesPrivate ? fields : publicFields);
