import { foldText } from '@muster/contracts';
import type { Tx } from '@muster/db';
import type { Department } from './departments.ts';

/** Inserts a department. Throws the unique violation `departments_name_key`. */
export async function insertDepartment(tx: Tx, department: Department, at: string): Promise<void> {
  await tx`
    insert into departments (id, version, name, name_key, created_at, updated_at)
    values (${department.id}, ${department.version}, ${department.name}, ${foldText(department.name)}, ${at}, ${at})
  `;
}

/** As `insertDepartment`; false when one of this name exists. */
export async function insertDepartmentIfNew(tx: Tx, department: Department, at: string): Promise<boolean> {
  const rows = await tx`
    insert into departments (id, version, name, name_key, created_at, updated_at)
    values (${department.id}, ${department.version}, ${department.name}, ${foldText(department.name)}, ${at}, ${at})
    on conflict (name_key) where deleted_at is null do nothing
    returning id
  `;
  return rows.length > 0;
}

/** Renames a department that this transaction has locked. Throws the unique violation `departments_name_key`. */
export async function saveDepartment(tx: Tx, department: Department, at: string): Promise<void> {
  await tx`
    update departments set version = ${department.version}, name = ${department.name},
      name_key = ${foldText(department.name)}, updated_at = ${at}
    where id = ${department.id}
  `;
}

/** Hides a department. Its row stays, since people who left still point at it. */
export async function deleteDepartmentRow(tx: Tx, id: string, at: string): Promise<void> {
  await tx`update departments set deleted_at = ${at}, updated_at = ${at}, version = version + 1 where id = ${id}`;
}

/** True when anybody belongs to it, or is just being created there. */
export async function departmentInUse(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx<{ used: boolean }[]>`
    select exists (select from people where department_id = ${id} and state <> 'deleted') as used
  `;
  return row?.used ?? false;
}
