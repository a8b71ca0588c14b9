import type { Tx } from '@muster/db';
import type { Person } from '../domain/person.ts';
import { type PersonRow, personColumns, toPerson } from './person-row.ts';

/** The one person that holds this address now, pending included, locked until the transaction ends. */
export async function lockPersonByEmail(tx: Tx, email: string): Promise<Person | undefined> {
  const [row] = await tx<PersonRow[]>`
    select ${personColumns(tx)} from people p left join departments d on d.id = p.department_id
    where p.email = ${email} and p.state <> 'deleted'
    for update of p
  `;
  return row && toPerson(row);
}
