import type { Tx } from '@muster/db';
import type { Person } from '../domain/person.ts';
import { type PersonRow, personColumns, toPerson } from './person-row.ts';

/** Raises the version of every active person of a department, whose name has just changed, and returns them as they are now. */
export async function touchDepartmentPeople(tx: Tx, departmentId: string, at: string): Promise<Person[]> {
  const rows = await tx<PersonRow[]>`
    with touched as (
      update people set version = version + 1, updated_at = ${at}
      where department_id = ${departmentId} and state = 'active'
      returning *
    )
    select ${personColumns(tx)} from touched p left join departments d on d.id = p.department_id
  `;
  return rows.map(toPerson);
}
