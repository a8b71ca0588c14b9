import type { Tx } from '@muster/db';
import type { Person } from '../domain/person.ts';
import { type PersonRow, personColumns, toPerson } from './person-row.ts';

/** As `findPerson`, and nobody else changes the row until this transaction ends. Pending ones only when asked for. */
export async function lockPerson(tx: Tx, id: string, o: { pending?: boolean } = {}): Promise<Person | undefined> {
  const [row] = await tx<PersonRow[]>`
    select ${personColumns(tx)} from people p left join departments d on d.id = p.department_id
    where p.id = ${id} and (p.state <> 'pending' or ${o.pending ?? false})
    for update of p
  `;
  return row && toPerson(row);
}
