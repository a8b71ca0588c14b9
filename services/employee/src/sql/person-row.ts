import type { Db } from '@muster/db';
import type { Person } from '../domain/person.ts';

/** A person's row as selected by {@link personColumns}. */
export type PersonRow = Omit<Person, 'createdAt' | 'updatedAt' | 'deletedAt'> & {
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
};

/** The columns of `people p left join departments d`, named like {@link Person}'s fields. */
export const personColumns = (db: Db) => db`
  p.id, p.version, p.state, p.email, p.name, p.role, p.position, p.phone, p.work_id as "workId",
  p.department_id as "departmentId", d.name as department, p.site_id as "siteId", p.manager_id as "managerId",
  p.hired_on as "hiredOn", p.photo_version as "photoVersion",
  p.created_at as "createdAt", p.updated_at as "updatedAt", p.deleted_at as "deletedAt"
`;

export const toPerson = (row: PersonRow): Person => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  deletedAt: row.deletedAt?.toISOString() ?? null,
});
