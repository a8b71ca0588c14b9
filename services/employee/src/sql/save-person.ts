import type { Tx } from '@muster/db';
import type { Person } from '../domain/person.ts';
import { searchText } from '../domain/search-text.ts';

/** Writes every changeable column of a person that this transaction has locked. Throws the unique violations of insert. */
export async function savePerson(tx: Tx, person: Person): Promise<void> {
  const search = searchText(person);
  await tx`
    update people set
      version = ${person.version}, state = ${person.state}, name = ${person.name}, role = ${person.role},
      position = ${person.position}, phone = ${person.phone}, work_id = ${person.workId},
      department_id = ${person.departmentId}, site_id = ${person.siteId}, manager_id = ${person.managerId},
      hired_on = ${person.hiredOn}, photo_version = ${person.photoVersion}, search = ${search.all},
      search_public = ${search.public}, position_key = ${search.positionKey},
      updated_at = ${person.updatedAt}, deleted_at = ${person.deletedAt}
    where id = ${person.id}
  `;
}
