import { foldText } from '@muster/contracts';
import type { Db, Tx } from '@muster/db';

export interface Department {
  id: string;
  version: number;
  name: string;
}

/** The department of this id, unless it was deleted. */
export async function findDepartment(db: Db, id: string): Promise<Department | undefined> {
  const [row] = await db<Department[]>`
    select id, version, name from departments where id = ${id} and deleted_at is null
  `;
  return row;
}

/** As `findDepartment`, held against other changes until this transaction ends. */
export async function lockDepartment(tx: Tx, id: string): Promise<Department | undefined> {
  const [row] = await tx<Department[]>`
    select id, version, name from departments where id = ${id} and deleted_at is null for update
  `;
  return row;
}

/** The department of this name in any spelling of case and accents; it cannot be deleted while this transaction runs. */
export async function shareDepartmentByName(tx: Tx, name: string): Promise<Department | undefined> {
  const [row] = await tx<Department[]>`
    select id, version, name from departments where name_key = ${foldText(name)} and deleted_at is null for share
  `;
  return row;
}

/** Departments by name, and how many there are in all. */
export async function listDepartments(
  db: Db,
  page: { limit: number; offset: number },
): Promise<{ departments: Department[]; total: number }> {
  const [departments, [count]] = await Promise.all([
    db<Department[]>`
      select id, version, name from departments where deleted_at is null
      order by name_key, id limit ${page.limit} offset ${page.offset}
    `,
    db<{ total: number }[]>`select count(*)::int as total from departments where deleted_at is null`,
  ]);
  return { departments: [...departments], total: count?.total ?? 0 };
}
