import type { Db } from '@muster/db';
import type { Person } from '../domain/person.ts';
import { type PersonRow, personColumns, toPerson } from './person-row.ts';

/** The person of this id, deleted or not; a pending one does not exist yet for anybody. */
export async function findPerson(db: Db, id: string): Promise<Person | undefined> {
  const [row] = await db<PersonRow[]>`
    select ${personColumns(db)} from people p left join departments d on d.id = p.department_id
    where p.id = ${id} and p.state <> 'pending'
  `;
  return row && toPerson(row);
}
